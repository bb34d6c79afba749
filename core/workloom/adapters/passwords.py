"""Password hashes with argon2id, at the cost that OWASP asks for at least (decision 13)."""

from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from workloom.adapters.ids import secret

PASSES: Final = 2
MEMORY: Final = 19 * 1024
"""In KiB."""


class Argon2Passwords:
    """`ports_outside.PasswordHasher`. A hash carries its own cost, so older ones stay valid. `cheap` is for tests."""

    def __init__(self, *, cheap: bool = False) -> None:
        self._cheap = cheap

    def hash(self, password: str) -> str:
        """The hash to keep."""
        return self._hasher.hash(_bytes(password))

    def fits(self, hashed: str, password: str) -> bool:
        """Whether the password gives the hash. An empty or unreadable hash fits nothing, and takes as long."""
        try:
            self._hasher.verify(hashed or self._nobody, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
        return bool(hashed)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        if self._cheap:
            return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY, parallelism=1)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secret())


def _bytes(password: str) -> bytes:
    """Any text that can be typed or pasted, half a character too, which plain UTF-8 refuses."""
    return password.encode("utf-8", "surrogatepass")
