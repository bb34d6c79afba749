"""What the services need from outside that is no storage: time, identifiers, chance, password hashes."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The service's clock."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from any start, never going back."""
        ...


class Ids(Protocol):
    """New identifiers."""

    def new(self, kind: str) -> str:
        """A name that was never given before: `item`, `session`, `note`, `contact`, `ticket`, `key` …"""
        ...


class Randomness(Protocol):
    """Chance, so that a simulation can repeat it."""

    def __call__(self, below: int) -> int:
        """A number from 0 to `below` - 1."""
        ...


class PasswordHasher(Protocol):
    """Hashes of passwords (argon2id)."""

    def hash(self, password: str) -> str:
        """The hash to keep."""
        ...

    def fits(self, hashed: str, password: str) -> bool:
        """Whether the password gives the hash; an unreadable or empty hash fits nothing, in the same time."""
        ...
