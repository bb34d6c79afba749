"""Items: reading them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from workloom.adapters.tables.database import Database
from workloom.adapters.tables.statements import Statements
from workloom.domain.errors import Stale
from workloom.domain.interaction import Interaction


class ItemTable:
    """`ports.ItemReader`, and what both ways of writing share."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def get(self, item: str) -> Interaction | None:
        return self._one("get", (item,))

    def by_external(self, capture_point: str, external_id: str) -> Interaction | None:
        return self._one("by_external", (capture_point, external_id))

    def open_of(self, person: str) -> tuple[Interaction, ...]:
        return self._all("open_of", (person,))

    def offered_to(self, person: str) -> tuple[Interaction, ...]:
        return self._all("offered_to", (person,))

    def loads(self) -> Mapping[str, Mapping[str, int]]:
        loads: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for person, media_type, items in self._database.rows(self._sql["loads"]):
            of_person = loads[person]
            of_person[media_type] = of_person.get(media_type, 0) + items
        return loads

    def was_party(self, item: str, person: str) -> bool:
        return self._database.row(self._sql["was_party"], (person, item)) is not None

    def parties(self, item: str) -> tuple[str, ...]:
        return tuple(person for (person,) in self._database.rows(self._sql["parties"], (item,)))

    def _one(self, name: str, values: tuple[Any, ...]) -> Interaction | None:
        row = self._database.row(self._sql[name], values)
        return None if row is None else self._database.items.item_of(row)

    def _all(self, name: str, values: tuple[Any, ...]) -> tuple[Interaction, ...]:
        return tuple(map(self._database.items.item_of, self._database.rows(self._sql[name], values)))


def stale() -> Stale:
    """The error for a record that is not the one any more on which a change was decided."""
    return Stale("The item has changed hands since it was read. Load it again.")
