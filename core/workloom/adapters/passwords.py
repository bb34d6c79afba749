"""Password hashes with argon2id."""

from functools import cached_property
from secrets import token_urlsafe
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Argon2Passwords:
    """`ports.PasswordHasher`. The defaults of argon2-cffi (RFC 9106, low memory) unless `cheap`, for tests only."""

    def __init__(self, *, cheap: bool = False) -> None:
        self._cheap = cheap

    def hash(self, password: str) -> str:
        """The hash to keep."""
        return self._hasher.hash(password)

    def fits(self, hashed: str, password: str) -> bool:
        """Whether the password gives the hash. An empty or unreadable hash fits nothing, and takes as long."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            self._hasher.verify(hashed or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return bool(hashed)

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher  # late: the login page is painted before it is needed

        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if self._cheap else PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(token_urlsafe())
