"""The log of events in SQLite."""

import sqlite3
from collections.abc import Iterable

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value, json_text, json_value
from workloom.domain.events import Event, EventKind

_SQL = statements("events")


class SqliteEvents:
    """`ports.EventLog`; `appended` counts the rows that were added through it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.appended = 0

    def last(self) -> int:
        return int(self._connection.execute(_SQL["last"]).fetchone()["sequence"])

    def after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        return tuple(map(_event_of, self._connection.execute(_SQL["after"], (sequence, limit))))

    def of_item(self, item: str) -> tuple[Event, ...]:
        return tuple(map(_event_of, self._connection.execute(_SQL["of_item"], (item,))))

    def append(self, events: Iterable[Event]) -> None:
        for event in events:
            self._connection.execute(_SQL["append"], _row_of(event))
            self.appended += 1


def _row_of(event: Event) -> tuple[str, ...]:
    return (
        at_text(event.at),
        event.kind.value,
        event.item,
        event.actor,
        event.person,
        event.queue,
        event.workbin,
        event.workbin_owner,
        json_text(event.detail) if event.detail else "{}",
    )


def _event_of(row: sqlite3.Row) -> Event:
    return Event(
        sequence=row["sequence"],
        at=at_value(row["at"]),
        kind=EventKind(row["kind"]),
        item=row["item"],
        actor=row["actor"],
        person=row["person"],
        queue=row["queue"],
        workbin=row["workbin"],
        workbin_owner=row["workbin_owner"],
        detail=json_value(row["detail"]),
    )
