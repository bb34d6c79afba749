"""How long to wait before the next try: doubled each time, with full jitter, so that not all desktops come at once."""

from random import Random
from typing import Final

FIRST: Final = 0.25
LONGEST: Final = 10.0
"""Seconds: what the first wait is at most, and every wait."""


def pause(attempt: int, random: Random, *, first: float = FIRST, longest: float = LONGEST) -> float:
    """Seconds to wait after so many tries, 1 for the first."""
    return random.uniform(0.0, min(longest, first * 2.0 ** min(attempt - 1, 30)))
