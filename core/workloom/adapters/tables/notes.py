"""Notes of items."""

from workloom.adapters.tables.database import Database
from workloom.adapters.tables.statements import Statements
from workloom.domain.interaction import Note


class NoteRows:
    """`ports.Notes`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def of_item(self, item: str) -> tuple[Note, ...]:
        instant = self._database.instant
        return tuple(
            Note(id=note, item=of, author=author, at=instant(at), text=text)
            for note, of, author, at, text in self._database.rows(self._sql["of_item"], (item,))
        )

    def insert(self, note: Note) -> None:
        values = (note.id, note.item, note.author, self._database.at(note.at), note.text)
        self._database.write(self._sql["insert"], values)
        self._database.write(self._sql["add_text"], (self._database.text(note.text), note.item))
