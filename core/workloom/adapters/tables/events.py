"""The log of events."""

from collections.abc import Iterable

from workloom.adapters.tables.database import Database, Row
from workloom.adapters.tables.statements import Statements
from workloom.adapters.tables.values import json_text, json_value
from workloom.domain.events import Event, EventKind


class EventRows:
    """`ports.EventLog`; `appended` counts the rows that were added through it."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql
        self.appended = 0

    def last(self) -> int:
        row = self._database.row(self._sql["last"])
        assert row is not None
        return int(row[0])

    def after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        return tuple(map(self._event_of, self._database.rows(self._sql["after"], (sequence, limit))))

    def of_item(self, item: str) -> tuple[Event, ...]:
        return tuple(map(self._event_of, self._database.rows(self._sql["of_item"], (item,))))

    def append(self, events: Iterable[Event]) -> None:
        for event in events:
            self._database.write(self._sql["append"], self.row_of(event))
            self.appended += 1

    def row_of(self, event: Event) -> tuple[object, ...]:
        """The columns of a new event."""
        return (
            self._database.at(event.at),
            event.kind.value,
            event.item,
            event.actor,
            event.person,
            event.queue,
            event.workbin,
            event.workbin_owner,
            json_text(event.detail) if event.detail else "{}",
        )

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
