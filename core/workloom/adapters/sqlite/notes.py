"""Notes of items in SQLite."""

import sqlite3

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value
from workloom.domain.interaction import Note

_SQL = statements("notes")


class SqliteNotes:
    """`ports.Notes`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_item(self, item: str) -> tuple[Note, ...]:
        return tuple(
            Note(id=row["id"], item=row["item"], author=row["author"], at=at_value(row["at"]), text=row["text"])
            for row in self._connection.execute(_SQL["of_item"], (item,))
        )

    def insert(self, note: Note) -> None:
        self._connection.execute(_SQL["insert"], (note.id, note.item, note.author, at_text(note.at), note.text))
        self._connection.execute(_SQL["add_text"], (note.text, note.item))
