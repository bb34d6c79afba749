"""Heartbeats of desktops, written together: thousands of desktops must not cost a commit each every few seconds."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Final

from workloom.domain.option_catalogue import OptionCatalogue
from workloom.services.callers import Callers
from workloom.services.ports import Store
from workloom.services.ports_login import Token
from workloom.services.ports_outside import Clock
from workloom.services.site_documents import SiteCache

_IDLE_SECONDS: Final = 60.0


class Heartbeats:
    """Takes a heartbeat at once and writes it a moment later. What a node that dies has not written, the next one is.

    `every`: seconds between two writes; 0 = each is written at once. `listening`: the seconds between two heartbeats of
    a session that is known to be there; None: it has to be looked up.
    """

    def __init__(
        self,
        store: Store,
        sites: SiteCache,
        catalogue: OptionCatalogue,
        clock: Clock,
        every: float,
        listening: Callable[[Token], float | None],
    ) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue
        self._clock = clock
        self._every = every
        self._listening = listening
        self._lock = Lock()
        self._seen: dict[str, datetime] = {}

    def beat(self, token: Token) -> float:
        """The desktop of a session lives; in how many seconds to say so again. SessionEnded."""
        again = self._listening(token)
        if again is None:
            again = self._looked_up(token.session)
        with self._lock:
            self._seen[token.session] = self._clock.now()
        if self._every <= 0:
            self.write()
        return again

    def _looked_up(self, session: str) -> float:
        with self._store.reading() as reader:
            return Callers(self._sites, self._catalogue, session).of(reader).site.timers.heartbeat

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
