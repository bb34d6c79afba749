"""The log of events."""

from workloom.adapters.tables.database import Database, Row
from workloom.adapters.tables.statements import Statements
from workloom.adapters.tables.values import json_value
from workloom.domain.events import Event, EventKind
from workloom.services.ports import Touched


class EventRows:
    """`ports.EventReader`; `appended` counts the rows that each database adds in its own way."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql
        self.appended = 0

    def last(self) -> int:
        row = self._database.row(self._sql["last"])
        assert row is not None
        return int(row[0])

    def given(self) -> int:
        return self.last()

    def after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        return tuple(map(self._event_of, self._database.rows(self._sql["after"], (*self._beyond(sequence), limit))))

    def of_item(self, item: str) -> tuple[Event, ...]:
        return tuple(map(self._event_of, self._database.rows(self._sql["of_item"], (item,))))

    def touched(self, sequence: int, *, limit: int, without: EventKind) -> Touched:
        values = (without.value, without.value, *self._beyond(sequence), limit)
        rows = tuple(self._database.rows(self._sql["touched"], values))
        names = frozenset(name for person, actor, _, _ in rows for name in (person, actor) if name)
        return Touched(names, max((last for *_, last, _ in rows), default=0), sum(events for *_, events in rows))

    def _beyond(self, sequence: int) -> tuple[int, ...]:
        """Between which sequences to look."""
        return (sequence,)

    def _event_of(self, row: Row) -> Event:
        sequence, at, kind, item, actor, person, queue, workbin, workbin_owner, detail = row
        return Event(
            sequence=sequence,
            at=self._database.instant(at),
            kind=EventKind(kind),
            item=item,
            actor=actor,
            person=person,
            queue=queue,
            workbin=workbin,
            workbin_owner=workbin_owner,
            detail=json_value(detail),
        )
