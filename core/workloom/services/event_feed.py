"""Hands the log of events to a reader outside, in order, from where it was before: each event at least once."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from logging import getLogger
from threading import Event as Flag
from threading import Thread
from typing import Final

from workloom.domain.errors import StorageError
from workloom.domain.events import Event, EventKind
from workloom.services.ports import Store
from workloom.services.wake import Wake

POLL_SECONDS: Final = 1.0
LEAST_REST, LONGEST_REST = 0.5, 60.0
"""Seconds before events that were not taken are handed over again: twice as long each time, up to the longest."""

STOP_SECONDS: Final = 5.0
"""How long the end waits for a reader that is at work; what it has then comes again."""

LEASE: Final = timedelta(seconds=15)
"""How long a node that is not heard of keeps a reader to itself."""

OWNER: Final = "engine"
_log = getLogger(__name__)


class EventFeed:
    """One reader. `take(events)` says whether it has them. How far it has come is kept in the store under `name`.

    `node` names this process where several share a store: one of them feeds the reader, another goes on when nothing
    has been heard of it for `LEASE`. Empty: this process is the only one.
    """

    def __init__(
        self,
        store: Store,
        wake: Wake,
        name: str,
        take: Callable[[Sequence[Event]], bool],
        kinds: Sequence[EventKind] = (),
        batch: int = 200,
        *,
        node: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self._wake, self._name, self._take = store, wake, name, take
        self._kinds, self._batch = frozenset(kinds), batch
        self._node, self._now = node, now
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name=f"feed {name}", daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits a little for what is being handed over."""
        self._stopping.set()
        self._wake.ring()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def cursor(self) -> int:
        """Sequence of the last event that the reader has."""
        with self._store.reading() as reader:
            kept = reader.preferences.get(OWNER, self._key)
        return int(kept) if kept else 0

    def step(self) -> bool | None:
        """Hand over what comes next; False if it was not taken, None if there is nothing. StorageError kinds."""
        cursor = self.cursor()
        events = self._store.events_after(cursor, limit=self._batch)
        if not events:
            return None
        wanted = [event for event in events if not self._kinds or event.kind in self._kinds]
        if not self._holds_lease():
            return None
        if wanted and not self._take(wanted):
            return False
        with self._store.transaction() as transaction:
            kept = int(transaction.preferences.get(OWNER, self._key) or 0)  # another node may have come further
            transaction.preferences.put(OWNER, self._key, str(max(kept, events[-1].sequence)).encode())
        return True

    def _holds_lease(self) -> bool:
        """Whether this node may feed the reader for a while. Two may begin at once: then events come twice."""
        if not self._node:
            return True
        now = self._now()
        with self._store.transaction() as transaction:
            holder, _, until = (transaction.preferences.get(OWNER, self._lease) or b"").decode().partition(" ")
            if holder not in ("", self._node) and datetime.fromisoformat(until) > now:
                return False
            mine = f"{self._node} {(now + LEASE).isoformat()}"
            transaction.preferences.put(OWNER, self._lease, mine.encode())
        return True

    @property
    def _lease(self) -> str:
        return f"node that feeds {self._name}"

    @property
    def _key(self) -> str:
        return f"events read by {self._name}"

    def _run(self) -> None:
        rest = LEAST_REST
        while not self._stopping.is_set():
            rings = self._wake.rings
            try:
                took = self.step()
            except StorageError as error:
                _log.warning("The event reader %s goes on in %s s: %s", self._name, rest, error)
                took = False
            if took is False:
                self._stopping.wait(rest)
                rest = min(2 * rest, LONGEST_REST)
                continue
            rest = LEAST_REST
            if took is None:
                self._wake.wait(rings, POLL_SECONDS)
