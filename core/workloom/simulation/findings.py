"""What was found to be broken, by promise."""

from collections import Counter
from typing import Final

PROMISES: Final = {
    "I1": "each item that was taken in is one row in one place",
    "I2": "one owner at most; the fence rises; a write with an old fence is refused",
    "I3": "done once; the same key gives the same answer",
    "I5": "what passes has a deadline that is kept; what rests has an age and a place",
    "I6": "routing never exceeds capacity",
    "I7": "the log of events tells every change of state",
}
"""The invariants that a simulation checks."""

_KEPT: Final = 5


class Findings:
    """Broken promises: how many findings each has, and the first few in words."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._texts: dict[str, list[str]] = {name: [] for name in PROMISES}

    def add(self, promise: str, text: str) -> None:
        """A promise was found broken."""
        self._counts[promise] += 1
        if len(self._texts[promise]) < _KEPT:
            self._texts[promise].append(text)

    def count(self, promise: str) -> int:
        """How often the promise was found broken."""
        return self._counts[promise]

    def examples(self, promise: str) -> tuple[str, ...]:
        """The first findings."""
        return tuple(self._texts[promise])
