"""Items in SQLite: each is written at once."""

import sqlite3
from collections.abc import Sequence
from functools import lru_cache

from workloom.adapters.sqlite.database import SqliteDatabase, sql
from workloom.adapters.tables.items import ItemTable, stale
from workloom.adapters.tables.values import at_text, json_text
from workloom.domain.interaction import Interaction
from workloom.services.ports_due import Reservation

_SQL = sql("items")
_COLUMNS = "/* columns */"
_NEW = SqliteDatabase.items.columns
_INSERT = _SQL["insert"].replace(_COLUMNS, ", ".join(_NEW)).replace("/* values */", ", ".join("?" * len(_NEW)))


class SqliteItems(ItemTable):
    """`ports.Items`: in a reading connection SQLite itself refuses the writing half."""

    def __init__(self, database: SqliteDatabase) -> None:
        super().__init__(database, _SQL)
        self._rows = database.items
        self._connection: sqlite3.Connection = database.connection

    def insert(self, item: Interaction) -> None:
        row = self._connection.execute(_INSERT, self._rows.values_of(item)).lastrowid
        assert row is not None
        self._connection.execute(_SQL["insert_text"], (row, item.subject, item.number, item.contact_id))
        self._note_party(item)

    def save(self, item: Interaction, *, before: Interaction) -> None:
        columns = {"fence": item.fence, **self._rows.changed_columns(before, item)}
        values = {**columns, "item": item.id, "expected_fence": before.fence}
        if self._connection.execute(_update(tuple(columns)), values).rowcount != 1:
            raise stale()
        if item.assigned_to != before.assigned_to:
            self._note_party(item)
        if (item.subject, item.number, item.contact_id) != (before.subject, before.number, before.contact_id):
            self._connection.execute(_SQL["save_text"], (item.subject, item.number, item.contact_id, item.id))

    def reserve(self, reservations: Sequence[Reservation]) -> None:
        cursor = self._connection.executemany(_SQL["reserve"], map(_reserved, reservations))
        if cursor.rowcount != len(reservations):
            raise stale()

    def _note_party(self, item: Interaction) -> None:
        if item.assigned_to:
            self._connection.execute(_SQL["add_party"], (item.assigned_to, item.id))


def _reserved(reservation: Reservation) -> tuple[object, ...]:
    """The parameters of an offer, in the order of the statement: newer Pythons refuse numbered ones in a sequence."""
    item, offer, attached = reservation.item, reservation.offer, reservation.attached
    offered_at = at_text(offer.offered_at)
    return (
        json_text(offer),
        offer.agent,
        offered_at,
        at_text(offer.deadline),
        offered_at,
        None if attached is None else json_text(attached),
        item.row,
        item.fence,
    )


@lru_cache(maxsize=256)
def _update(columns: tuple[str, ...]) -> str:
    """The statement that saves these columns. Their names are those of `item_rows`; every value is a parameter."""
    return _SQL["save"].replace(_COLUMNS, ", ".join(f"{column} = :{column}" for column in columns))
