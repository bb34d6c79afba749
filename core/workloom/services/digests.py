"""SHA-256, of secrets and of what must not change.

Secrets are kept as digests: they have 192 bits of chance, so that a plain hash is enough and quick.
"""

import sys
from typing import TYPE_CHECKING

# Python's own SHA-256, not that of OpenSSL, whose library alone weighs as much as a twelfth of a bare window.
if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:
        if sys.version_info >= (3, 12):
            from _sha2 import sha256
        else:
            from _sha256 import sha256
    except ImportError:  # a Python that was built without it
        from hashlib import sha256


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, half a character too, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
