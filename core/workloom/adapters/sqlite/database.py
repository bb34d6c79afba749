"""One connection to SQLite, as the groups of tables see it."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from workloom.adapters.sqlite.search_words import match_of
from workloom.adapters.tables.database import Row, Values
from workloom.adapters.tables.item_rows import ItemRows
from workloom.adapters.tables.statements import Statements, statements
from workloom.adapters.tables.values import at_text, at_value, json_text

FOLDER: Final = Path(__file__).parent
_ITEMS: Final = ItemRows(at_text, at_value)


def sql(file: str) -> Statements:
    """The statements of one of the files beside this module."""
    return statements(FOLDER, file)


class SqliteDatabase:
    """`tables.Database`: instants are text, lists are JSON."""

    items = _ITEMS

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, statement: str, values: Values = ()) -> Iterable[Row]:
        found: Iterable[Row] = self.connection.execute(statement, values)
        return found

    def row(self, statement: str, values: Values = ()) -> Row | None:
        found: Row | None = self.connection.execute(statement, values).fetchone()
        return found

    def write(self, statement: str, values: Values = ()) -> None:
        self.connection.execute(statement, values)

    at = staticmethod(at_text)
    instant = staticmethod(at_value)
    text = staticmethod(str)
    words = staticmethod(match_of)

    def list_of(self, values: Sequence[Any]) -> str:
        return json_text(list(values))
