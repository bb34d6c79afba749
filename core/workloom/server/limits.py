"""How often one address or one person may ask: buckets that fill with time. Each node counts for itself."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from msgspec import Struct

from workloom.domain.errors import TooOften

MOST_NAMES: Final = 10_000


class Rate(Struct, frozen=True, kw_only=True):
    """`each_second` on the average, `at_once` in a burst. 0 = no limit."""

    each_second: float
    at_once: float


class Limits:
    """Buckets by name; those that were not used for longest are forgotten first."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, name: str) -> None:
        """One request. TooOften says how long to wait."""
        rate = self._rate
        if rate.each_second <= 0:
            return
        now = self._monotonic()
        with self._lock:
            left, at = self._buckets.pop(name, (rate.at_once, now))
            left = min(rate.at_once, left + (now - at) * rate.each_second)
            allowed = left >= 1
            self._buckets[name] = (left - 1 if allowed else left, now)
            if len(self._buckets) > MOST_NAMES:
                self._buckets.popitem(last=False)
        if not allowed:
            wait = (1 - left) / rate.each_second
            raise TooOften(f"Too many requests. Wait {max(1, round(wait))} seconds.", wait_seconds=wait)
