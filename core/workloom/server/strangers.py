"""How often an address may show tokens that stand for nothing. Whoever shows a good one is let through all the same."""

from collections.abc import Callable, Collection
from threading import Lock
from typing import Final, TypeVar

from workloom.domain.errors import LoginFailed, SessionEnded, TooOften
from workloom.server.limits import Limits, network_of
from workloom.services.digests import digest

FRESH_SECONDS: Final = 1.0
"""How long the list of good tokens is used, and how long whoever is refused has to wait: one that was given out at this
very moment is on the next list."""

Found = TypeVar("Found")


class Strangers:
    """Tokens that this node has not seen yet have to be looked up, which costs a read each.

    An address that has shown too many bad ones costs none any more: its tokens are compared with a list of all good
    ones (`live`: their digests), which is read once in a second at most, whoever asks and how often. So neither a
    colleague's desktop behind the same address nor one that comes from another node is kept out.
    """

    def __init__(self, limits: Limits, live: Callable[[], Collection[str]], monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._live = live
        self._monotonic = monotonic
        self._lock = Lock()
        self._good: Collection[str] = ()
        self._read_at = -FRESH_SECONDS

    def ask(self, address: str, token: str, look: Callable[[str], Found]) -> Found:
        """What `look` finds for a token. Raises what it raises; TooOften for a token that is not among the good ones
        when the address has shown too many of these.
        """
        address = network_of(address)
        if self._limits.wait(address) > 0 and digest(token) not in self._known_good():
            raise TooOften(
                "Too many requests with unknown tokens come from your address. Log in, or wait a second and try again.",
                wait_seconds=FRESH_SECONDS,
            )
        try:
            return look(token)
        except (SessionEnded, LoginFailed):
            self._limits.spend(address)
            raise

    def _known_good(self) -> Collection[str]:
        with self._lock:
            now = self._monotonic()
            if now - self._read_at >= FRESH_SECONDS:
                self._read_at = now  # also where it cannot be read: not everybody has to wait for that
                self._good = self._live()
            return self._good
