"""Heartbeats of desktops, written together: thousands of desktops must not cost a commit each every few seconds."""

from datetime import datetime
from threading import Lock
from typing import Final

from workloom.domain.option_catalogue import OptionCatalogue
from workloom.services.callers import Callers
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock
from workloom.services.site_documents import SiteCache

_IDLE_SECONDS: Final = 60.0


class Heartbeats:
    """Takes a heartbeat at once and writes it a moment later. What a node that dies has not written, the next one is.

    `every`: seconds between two writes; 0 = each is written at once.
    """

    def __init__(self, store: Store, sites: SiteCache, catalogue: OptionCatalogue, clock: Clock, every: float) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue
        self._clock = clock
        self._every = every
        self._lock = Lock()
        self._seen: dict[str, datetime] = {}

    def beat(self, session: str) -> float:
        """The desktop of a session lives; in how many seconds to say so again. SessionEnded."""
        with self._store.reading() as reader:
            caller = Callers(self._sites, self._catalogue, session).of(reader)
        with self._lock:
            self._seen[session] = self._clock.now()
        if self._every <= 0:
            self.write()
        return caller.site.timers.heartbeat

    def write(self) -> float:
        """Write what has come; in how many seconds to do it again."""
        with self._lock:
            seen, self._seen = self._seen, {}
        if seen:
            try:
                self._write(seen)
            except BaseException:
                with self._lock:
                    self._seen = {**seen, **self._seen}
                raise
        return self._every or _IDLE_SECONDS

    def _write(self, seen: dict[str, datetime]) -> None:
        with self._store.transaction() as transaction:
            for session in sorted(seen):  # in one order at all nodes, so that no two wait for each other
                transaction.sessions.seen(session, seen[session])
