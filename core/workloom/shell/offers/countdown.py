"""Time that is left, counted on the monotonic clock. No Qt."""

import math
import time
from collections.abc import Callable
from datetime import datetime

DANGER = 5
ANNOUNCED = (10, 5)
"""Seconds left at which the time is announced once more."""


class Countdown:
    """Counts down from what the service's clock says is left at this moment."""

    def __init__(self, left: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.total = max(left, 0.001)
        self._end = clock() + left

    @classmethod
    def until(cls, deadline: datetime, now: datetime) -> "Countdown":
        """Both instants are the service's."""
        return cls((deadline - now).total_seconds())

    def seconds(self) -> int:
        """Whole seconds left, rounded up; never below 0."""
        return max(0, math.ceil(self._end - self._clock()))

    def left(self) -> float:
        """Seconds left; below 0 when it is over."""
        return self._end - self._clock()

    def share(self) -> float:
        """What is left of the whole, 1 to 0."""
        return min(1.0, max(0.0, (self._end - self._clock()) / self.total))

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        return self._clock() >= self._end
