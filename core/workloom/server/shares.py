"""How many threads of a node a caller, and all reads, may have in the same moment. Who wants more waits without one."""

from asyncio import Semaphore
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from workloom.domain.errors import TooOften

MOST_WAITING: Final = 64
"""Requests of one caller that wait; a further one is refused."""


class _Share:
    """The part of one caller: `requests` have a thread or wait for one."""

    def __init__(self, most: int) -> None:
        self.threads = Semaphore(most)
        self.reads = Semaphore(_half(most))
        self.requests = 0


class Shares:
    """Each caller has `most` of the `threads` at once, so that slow requests of one leave the others to everybody else.

    Reads, the only ones that may take long, have half of the threads, and half of those of a caller: the rest is for
    commands and news, whoever searches.

    Callers are told apart by what they show; what shows nothing has no share and no bound. In the loop's thread.
    """

    def __init__(self, most: int, threads: int) -> None:
        self._most = most
        self._reads = Semaphore(_half(threads))
        self._shares: dict[str, _Share] = {}

    @asynccontextmanager
    async def of(self, shown: str, *, reads: bool) -> AsyncIterator[None]:
        """Within it the caller may take a thread. TooOften when too many requests wait already."""
        if not shown:
            yield
            return
        share = self._shares.setdefault(shown, _Share(self._most))
        if share.requests >= self._most + MOST_WAITING:
            raise TooOften(f"{MOST_WAITING} of your requests wait for an answer. Wait for these first.", wait_seconds=1)
        share.requests += 1
        try:
            if reads:
                async with share.reads, self._reads, share.threads:
                    yield
            else:
                async with share.threads:
                    yield
        finally:
            share.requests -= 1
            if not share.requests:
                del self._shares[shown]


def _half(threads: int) -> int:
    return max(1, threads // 2)
