"""Items in PostgreSQL: what is written is collected, and goes to the database in a few statements for many items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct, json

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.dialect import sql
from workloom.adapters.postgres.item_columns import TYPES
from workloom.adapters.tables.items import ItemTable
from workloom.adapters.tables.statements import Statements
from workloom.adapters.tables.values import json_text
from workloom.domain.interaction import Interaction, State
from workloom.services.ports_due import Reservation

_SQL: Final = sql("items")
_COLUMNS, _TYPES, _CHANGES, _PARTY = "/* columns */", "/* types */", "/* changes */", "/* party */"
_TO_CHANGE: Final = ("get", "by_external", "open_of", "offered_to")
LOCKING: Final[Statements] = {name: f"{text} FOR UPDATE" if name in _TO_CHANGE else text for name, text in _SQL.items()}
"""As read by a command: what it decides on stays as it is until it has ended."""

_Rows = list[Mapping[str, Any]]

LOADS: Final = Write(_SQL["loads"])


class _Reserved(Struct, frozen=True):
    """An offer as it goes to the database."""

    row: int
    fence: int
    offer: str
    agent: str
    offered_at: datetime
    deadline: datetime
    attached: str | None


class PostgresItems(ItemTable):
    """`ports.Items`. `locking`: whether items are read in order to be changed, beside other transactions."""

    def __init__(self, database: PostgresDatabase, *, locking: bool) -> None:
        super().__init__(database, LOCKING if locking else _SQL)
        self._rows = database.items
        self._starting = database
        self._forget()
        database.add_buffer(self)

    def insert(self, item: Interaction) -> None:
        text = self._text_of(item)  # it may have to read, and so flushes
        self._once(item.id)
        self._others = True
        self._inserts.append(self._rows.row_of(item))
        self._texts.append(text)
        if item.assigned_to:
            self._parties.append({"id": item.id, "person": item.assigned_to})

    def save(self, item: Interaction, *, before: Interaction) -> None:
        self._once(item.id)
        columns = {"fence": item.fence, **self._rows.changed_columns(before, item)}
        changed, gains_party = tuple(columns), bool(item.assigned_to) and item.assigned_to != before.assigned_to
        columns["id"], columns["expected_fence"] = item.id, before.fence
        self._saves.setdefault((changed, gains_party), []).append(columns)
        self._others = self._others or item.state is not State.OFFERED
        if (item.subject, item.number, item.contact_id) != (before.subject, before.number, before.contact_id):
            text = self._text_of(item)
            self._changed_texts.append(text)

    def reserve(self, reservations: Sequence[Reservation]) -> None:
        if not self._touched.isdisjoint(reservation.item.id for reservation in reservations):
            self._flush()
        write = _many(_SQL["reserve"], list(map(_reserved, reservations)))
        self._starting.start(write.statement, write.values)

    def taken(self) -> Iterator[Write]:
        """`database.Buffer`."""
        if not self._touched:
            return
        inserts, texts, saves = self._inserts, self._texts, self._saves
        changed_texts, parties = self._changed_texts, self._parties
        self._forget()
        if inserts:
            yield _many(_insert(tuple(inserts[0])), inserts)
            yield _many(_SQL["insert_text"], texts)
        for (columns, gains_party), rows in saves.items():
            if len(rows) == 1:
                yield Write(_save_one(columns, gains_party), rows[0])
            else:
                yield _many(_save(columns, gains_party), rows)
        if parties:
            yield _many(_SQL["add_party"], parties)
        for text in changed_texts:
            yield Write(_SQL["save_text"], text)

    def _once(self, item: str) -> None:
        """Statements for many items cannot change one twice: what is collected goes first."""
        if item in self._touched:
            self._flush()
        self._touched.add(item)

    def _flush(self) -> None:
        self._database.row("SELECT 1")

    @property
    def only_offers(self) -> bool:
        """Whether what waits to be written only takes items out of their streams."""
        return not self._others

    def _forget(self) -> None:
        self._others = False
        self._touched: set[str] = set()
        self._inserts: _Rows = []
        self._texts: _Rows = []
        self._changed_texts: _Rows = []
        self._parties: _Rows = []
        self._saves: dict[tuple[tuple[str, ...], bool], _Rows] = {}

    def _text_of(self, item: Interaction) -> Mapping[str, Any]:
        text = self._database.text
        name = self._database.row(_SQL["contact_name"], (item.contact_id,)) if item.contact_id else None
        return {
            "id": item.id,
            "subject": text(item.subject),
            "number": text(item.number),
            "contact": text(name[0] if name else ""),
        }


def _many(statement: str, rows: Sequence[Mapping[str, Any] | Struct]) -> Write:
    return Write(statement, {"rows": json.encode(rows).decode(), "expected": len(rows)})


def _reserved(reservation: Reservation) -> _Reserved:
    item, offer, attached = reservation.item, reservation.offer, reservation.attached
    kept = None if attached is None else json_text(attached)
    return _Reserved(item.row, item.fence, json_text(offer), offer.agent, offer.offered_at, offer.deadline, kept)


def _typed(columns: Iterable[str]) -> str:
    return ", ".join(f"{column} {TYPES[column]}" for column in columns)


@lru_cache(maxsize=4)
def _insert(columns: tuple[str, ...]) -> str:
    """The statement that inserts items. Names and types of columns are those of `item_columns`."""
    return _SQL["insert"].replace(_COLUMNS, ", ".join(columns)).replace(_TYPES, _typed(columns))


@lru_cache(maxsize=256)
def _save(columns: tuple[str, ...], gains_party: bool) -> str:
    """The statement that saves these columns of many items, and, if they have new agents, who has ever had them."""
    changes = ", ".join(f"{column} = new.{column}" for column in columns)
    saves = _SQL["save"].replace(_CHANGES, changes).replace(_TYPES, _typed((*columns, "id")))
    return saves.replace(_PARTY, _SQL["gains_party"] if gains_party else "")


@lru_cache(maxsize=256)
def _save_one(columns: tuple[str, ...], gains_party: bool) -> str:
    """The same for one item."""
    changes = ", ".join(f"{column} = %({column})s::{TYPES[column]}" for column in columns)
    return _SQL["save_one"].replace(_CHANGES, changes).replace(_PARTY, _SQL["gains_party"] if gains_party else "")
