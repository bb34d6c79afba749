"""The service's clock."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SystemClock:
    """`ports_outside.Clock`. The wall clock is read once; from then on time goes by the machine's monotonic clock.

    So somebody who sets the machine's clock a day forward does not let every offer and every item run out. Where the
    system has a monotonic clock that counts while the machine sleeps, that one is used.
    """

    def __init__(self, wall: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._started = wall()
        self._monotonic_start = self.monotonic()

    def now(self) -> datetime:
        """Aware UTC."""
        return self._started + timedelta(seconds=self.monotonic() - self._monotonic_start)

    def monotonic(self) -> float:
        """Seconds from any start, never going back."""
        counts_sleep = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if counts_sleep is None else time.clock_gettime(counts_sleep)


class VirtualClock:
    """A clock that stands until somebody moves it: for simulations and tests."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._now = start

    def now(self) -> datetime:
        """Aware UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds since the start."""
        return (self._now - self._start).total_seconds()

    def advance(self, seconds: float) -> None:
        """Move forward."""
        self._now += timedelta(seconds=seconds)

    def move_to(self, instant: datetime) -> None:
        """Move to an instant that is not earlier."""
        self._now = max(self._now, instant)
