"""Identifiers and chance."""

import os
from base64 import urlsafe_b64encode
from collections import Counter
from random import Random, SystemRandom
from typing import Final
from uuid import uuid4

_SECRET: Final = frozenset({"session", "login", "ticket", "token", "client-token"})
"""Kinds that prove something to whoever knows them."""


def secret() -> str:
    """192 bits of chance in 32 letters that may stand in an address. The module `secrets` would bring OpenSSL along."""
    return urlsafe_b64encode(os.urandom(24)).decode("ascii")


class SystemIds:
    """`ports_outside.Ids` from the system's source of randomness."""

    def new(self, kind: str) -> str:
        """`item-…` with 128 bits of chance, more for what must not be guessed."""
        return f"{kind}-{secret() if kind in _SECRET else uuid4().hex}"


class CountedIds:
    """`ports_outside.Ids` that a second run gives again: for simulations and tests. They count from `after` on."""

    def __init__(self, after: int = 0) -> None:
        self._after = after
        self._given: Counter[str] = Counter()

    def new(self, kind: str) -> str:
        """`item-1`, `item-2` …"""
        self._given[kind] += 1
        return f"{kind}-{self._after + self._given[kind]}"


class Chance:
    """`ports_outside.Randomness`: from a seed, or from the system."""

    def __init__(self, seed: int | None = None) -> None:
        self._random: Random = SystemRandom() if seed is None else Random(seed)  # noqa: S311 - no secret

    def __call__(self, below: int) -> int:
        """A number from 0 to `below` - 1."""
        return self._random.randrange(below)
