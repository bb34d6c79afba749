"""In which ways a plugin fails: the statement that its places run. `given`: what they were called with."""

from typing import Final

WAYS: Final = {
    "raise": "raise ValueError('no')",
    "exit": "sys.exit(3)",
    "hang": "while True: pass",
    "leak": "KEPT.append((given, [context() for context in CONTEXTS]))",
}
