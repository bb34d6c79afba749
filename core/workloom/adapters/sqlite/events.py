"""The log of events in SQLite: written at once."""

import sqlite3
from collections.abc import Iterable

from workloom.adapters.sqlite.database import SqliteDatabase, sql
from workloom.adapters.tables.events import EventRows
from workloom.adapters.tables.values import at_text, json_text
from workloom.domain.events import Event

_SQL = sql("events")


class SqliteEvents(EventRows):
    """`ports.EventLog`: in a reading connection SQLite itself refuses the writing half."""

    def __init__(self, database: SqliteDatabase) -> None:
        super().__init__(database, _SQL)
        self._connection: sqlite3.Connection = database.connection

    def append(self, events: Iterable[Event]) -> None:
        added = self._connection.executemany(_SQL["append"], map(_row_of, events)).rowcount
        self.appended += max(added, 0)  # -1 for none at all


def _row_of(event: Event) -> tuple[object, ...]:
    """The columns of a new event."""
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
