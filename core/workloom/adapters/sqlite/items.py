"""Items in SQLite."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from workloom.adapters.sqlite.item_rows import item_of, row_of
from workloom.adapters.sqlite.statements import statements
from workloom.domain.errors import Stale
from workloom.domain.interaction import Interaction

_SQL = statements("items")
_NOT_OF_PARTY = (
    "tenant", "media_type", "external_id", "parent_id", "interaction_type", "subtype", "outcome", "priority", "queue",
    "contact_id", "disposition", "submitted_by", "received_at", "submitted_at", "completed_at", "queue_since",
    "attributes", "attached", "subject", "capture_point", "activation_at", "due_at", "routing_age",
)  # fmt: skip
"""Columns that the statement `save_party` leaves alone."""


class SqliteItems:
    """`ports.Items`: in a reading connection SQLite itself refuses the writing half."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last_read: sqlite3.Row | None = None  # most items are saved right after they were read

    def get(self, item: str) -> Interaction | None:
        self._last_read = row = self._connection.execute(_SQL["get"], (item,)).fetchone()
        return None if row is None else item_of(row)

    def by_external(self, capture_point: str, external_id: str) -> Interaction | None:
        row = self._connection.execute(_SQL["by_external"], (capture_point, external_id)).fetchone()
        return None if row is None else item_of(row)

    def open_of(self, person: str) -> tuple[Interaction, ...]:
        return tuple(map(item_of, self._connection.execute(_SQL["open_of"], (person,))))

    def has_open(self, person: str) -> bool:
        return self._connection.execute(_SQL["has_open"], (person,)).fetchone() is not None

    def offered_to(self, person: str) -> tuple[Interaction, ...]:
        return tuple(map(item_of, self._connection.execute(_SQL["offered_to"], (person,))))

    def loads(self) -> Mapping[str, Mapping[str, int]]:
        loads: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for row in self._connection.execute(_SQL["loads"]):
            of_person = loads[row["person"]]
            of_person[row["media_type"]] = of_person.get(row["media_type"], 0) + row["items"]
        return loads

    def was_party(self, item: str, person: str) -> bool:
        return self._connection.execute(_SQL["was_party"], (person, item)).fetchone() is not None

    def insert(self, item: Interaction) -> None:
        values = row_of(item)
        row = self._connection.execute(_SQL["insert"], values).lastrowid
        assert row is not None
        self._connection.execute(_SQL["insert_text"], (row, values["subject"], item.number, item.contact_id))
        if item.assigned_to:
            self._connection.execute(_SQL["add_party"], (item.assigned_to, row))

    def save(self, item: Interaction, *, expected_fence: int) -> None:
        before, self._last_read = self._last_read, None
        if before is None or before["id"] != item.id:
            before = self._connection.execute(_SQL["get"], (item.id,)).fetchone()
        values = row_of(item)
        others = before is None or any(before[name] != values[name] for name in _NOT_OF_PARTY)
        statement = _SQL["save" if others else "save_party"]
        saved = self._connection.execute(statement, {**values, "expected_fence": expected_fence}).fetchall()
        if before is None or not saved:
            raise Stale("The item has changed hands since it was read. Load it again.")
        row = before["row"]
        if item.assigned_to and item.assigned_to != before["assigned_to"]:
            self._connection.execute(_SQL["add_party"], (item.assigned_to, row))
        searched = (values["subject"], values["external_id"], item.contact_id)
        if searched != (before["subject"], before["external_id"], before["contact_id"]):
            self._connection.execute(_SQL["save_text"], (values["subject"], item.number, item.contact_id, row))
