"""The log of events in PostgreSQL: read up to the frontier, appended at the end of a transaction."""

from collections.abc import Iterable, Iterator
from typing import Final

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.dialect import sql
from workloom.adapters.postgres.frontier import PUBLISH, TAG, Frontier
from workloom.adapters.postgres.items import LOADS
from workloom.adapters.tables.events import EventRows
from workloom.adapters.tables.values import json_text
from workloom.domain.events import Event, EventKind
from workloom.services.ports import Touched

_SQL: Final = sql("events")
_NO_END: Final = 2**62


class PostgresEvents(EventRows):
    """`ports.EventLog`. Numbers are drawn as late as can be: meanwhile no later event could be read."""

    def __init__(self, database: PostgresDatabase, frontier: Frontier, *, whole: bool = False) -> None:
        super().__init__(database, _SQL)
        self._whole = whole
        self._looking = database
        self._frontier = frontier
        self._news = frontier.news
        self._known = frontier.value
        self._happened: list[Event] = []

    def last(self) -> int:
        row = self._database.row(_SQL["last"], (self._until(),))
        assert row is not None
        return int(row[0])

    def _beyond(self, sequence: int) -> tuple[int, ...]:
        return sequence, self._until()

    def given(self) -> int:
        row = self._database.row(_SQL["last_given"])
        assert row is not None
        return int(row[0])

    def alone(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        """Events after `sequence` by a look of their own, in one statement and without a snapshot."""
        rows = self._looking.rows_alone(_SQL["alone"], (sequence, limit))
        self._frontier.learn(rows[0][:2], self._news)
        return tuple(self._event_of(row[2:]) for row in rows if row[2] is not None)

    def of_item(self, item: str) -> tuple[Event, ...]:
        for write in self.taken():
            self._database.write(write.statement, write.values)
        return super().of_item(item)

    def touched(self, sequence: int, *, limit: int, without: EventKind) -> Touched:
        self._looking.foresee(LOADS)  # the dispatcher, who asks, looks at both
        return super().touched(sequence, limit=limit, without=without)

    def append(self, events: Iterable[Event]) -> None:
        known = len(self._happened)
        self._happened += events
        self.appended += len(self._happened) - known

    def taken(self) -> Iterator[Write]:
        """What writes the events collected, to be carried out last."""
        if self._happened:
            happened, self._happened = self._happened, []
            yield Write(PUBLISH, {"tag": TAG})
            yield Write(_SQL["append"], {"rows": json_text(happened)})

    def _until(self) -> int:
        """The frontier of this snapshot: looked at just before it was taken, or known before.

        A transaction beside which there is no other reads whatever there is: nobody is about to commit.
        """
        if self._whole:
            return _NO_END
        self._looking.begin()
        looked = self._looking.looked
        return max(self._known, self._frontier.learn(looked[0], self._news)) if looked else self._known
