"""Items in SQLite."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from workloom.adapters.sqlite.item_rows import changed_columns, item_of, row_of
from workloom.adapters.sqlite.statements import statements
from workloom.domain.errors import Stale
from workloom.domain.interaction import Interaction

_SQL = statements("items")
_COLUMNS = "/* columns */"


class SqliteItems:
    """`ports.Items`: in a reading connection SQLite itself refuses the writing half."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, item: str) -> Interaction | None:
        row = self._connection.execute(_SQL["get"], (item,)).fetchone()
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
        self._note_party(item)

    def save(self, item: Interaction, *, before: Interaction) -> None:
        columns = {"fence": item.fence, **changed_columns(before, item)}
        values = {**columns, "item": item.id, "expected_fence": before.fence}
        if self._connection.execute(_update(tuple(columns)), values).rowcount != 1:
            raise Stale("The item has changed hands since it was read. Load it again.")
        if item.assigned_to != before.assigned_to:
            self._note_party(item)
        if (item.subject, item.number, item.contact_id) != (before.subject, before.number, before.contact_id):
            self._connection.execute(_SQL["save_text"], (item.subject, item.number, item.contact_id, item.id))

    def _note_party(self, item: Interaction) -> None:
        if item.assigned_to:
            self._connection.execute(_SQL["add_party"], (item.assigned_to, item.id))


@lru_cache(maxsize=256)
def _update(columns: tuple[str, ...]) -> str:
    """The statement that saves these columns. Their names are those of `item_rows`; every value is a parameter."""
    return _SQL["save"].replace(_COLUMNS, ", ".join(f"{column} = :{column}" for column in columns))
