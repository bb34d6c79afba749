"""The small tables: configuration, command keys, preferences."""

from collections.abc import Iterable
from datetime import datetime

from workloom.adapters.tables.database import Database
from workloom.adapters.tables.statements import Statements
from workloom.services.ports import KeyedAnswer


class DocumentRows:
    """`ports.Documents`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def version(self) -> int:
        row = self._database.row(self._sql["version"])
        return 0 if row is None else int(row[0])

    def all(self) -> tuple[tuple[str, str, bytes], ...]:
        rows = self._database.rows(self._sql["documents"])
        return tuple((kind, name, body.encode()) for kind, name, body in rows)

    def replace(self, documents: Iterable[tuple[str, str, bytes]]) -> int:
        version = self.version() + 1
        self._database.write(self._sql["drop_documents"])
        for kind, name, body in documents:
            self._database.write(self._sql["add_document"], (kind, name, body.decode()))
        self._database.write(self._sql["set_version"], (str(version),))
        return version


class CommandKeyRows:
    """`ports.CommandKeys`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def get(self, person: str, key: str) -> KeyedAnswer | None:
        row = self._database.row(self._sql["answer"], (person, key))
        if row is None:
            return None
        command, result = row
        return KeyedAnswer(command=command.encode(), result=result.encode())

    def insert(self, person: str, key: str, answer: KeyedAnswer, at: datetime) -> None:
        self._database.write(
            self._sql["add_answer"],
            (person, key, self._database.at(at), answer.command.decode(), answer.result.decode()),
        )

    def prune(self, before: datetime) -> None:
        self._database.write(self._sql["prune_answers"], (self._database.at(before),))


class PreferenceRows:
    """`ports.Preferences`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def get(self, person: str, key: str) -> bytes | None:
        row = self._database.row(self._sql["preference"], (person, key))
        return None if row is None else str(row[0]).encode()

    def put(self, person: str, key: str, body: bytes) -> None:
        self._database.write(self._sql["put_preference"], (person, key, body.decode()))
