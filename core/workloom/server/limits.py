"""How often one address or one person may ask: buckets that fill with time. Each node counts for itself."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address
from threading import Lock
from typing import Final

from msgspec import Struct

from workloom.domain.errors import TooOften

MOST_NAMES: Final = 10_000


def network_of(address: str) -> str:
    """Whom limits of addresses count for: of IPv6 the first 64 bits, which one customer has; else the address."""
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> 64 << 64))


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
        wait = self.spend(name)
        if wait > 0:
            raise TooOften(f"Too many requests. Wait {max(1, round(wait))} seconds.", wait_seconds=wait)

    def spend(self, name: str) -> float:
        """Count one request; 0, or where there was none left, how many seconds it is until there is one."""
        rate = self._rate
        if rate.each_second <= 0:
            return 0.0
        with self._lock:
            now = self._monotonic()
            left = self._left(name, now)
            self._buckets[name] = (left - 1 if left >= 1 else left, now)
            self._buckets.move_to_end(name)
            if len(self._buckets) > MOST_NAMES:
                self._buckets.popitem(last=False)
        return self._until_one(left)

    def wait(self, name: str) -> float:
        """How many seconds it is until there is a request left, 0 if there is one. Counts nothing."""
        if self._rate.each_second <= 0:
            return 0.0
        with self._lock:
            return self._until_one(self._left(name, self._monotonic()))

    def _left(self, name: str, now: float) -> float:
        left, at = self._buckets.get(name, (self._rate.at_once, now))
        return min(self._rate.at_once, left + (now - at) * self._rate.each_second)

    def _until_one(self, left: float) -> float:
        return max(0.0, (1 - left) / self._rate.each_second)
