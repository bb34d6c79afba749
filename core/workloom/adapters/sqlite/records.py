"""The small tables: configuration, command keys, preferences."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from msgspec import json

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text
from workloom.domain.interaction import Interaction
from workloom.services.ports import KeyedAnswer

_SQL = statements("records")


class SqliteDocuments:
    """`ports.Documents`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def version(self) -> int:
        row = self._connection.execute(_SQL["version"]).fetchone()
        return 0 if row is None else int(row["value"])

    def all(self) -> tuple[tuple[str, str, bytes], ...]:
        rows = self._connection.execute(_SQL["documents"])
        return tuple((row["kind"], row["name"], row["body"].encode()) for row in rows)

    def replace(self, documents: Iterable[tuple[str, str, bytes]]) -> int:
        version = self.version() + 1
        self._connection.execute(_SQL["drop_documents"])
        for kind, name, body in documents:
            self._connection.execute(_SQL["add_document"], (kind, name, body.decode()))
        self._connection.execute(_SQL["set_version"], (str(version),))
        return version


class SqliteCommandKeys:
    """`ports.CommandKeys`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, person: str, key: str) -> KeyedAnswer | None:
        row = self._connection.execute(_SQL["answer"], (person, key)).fetchone()
        if row is None:
            return None
        return KeyedAnswer(command=row["command"].encode(), result=json.decode(row["result"], type=Interaction))

    def insert(self, person: str, key: str, answer: KeyedAnswer, at: datetime) -> None:
        self._connection.execute(
            _SQL["add_answer"],
            (person, key, at_text(at), answer.command.decode(), json.encode(answer.result).decode()),
        )

    def prune(self, before: datetime) -> None:
        self._connection.execute(_SQL["prune_answers"], (at_text(before),))


class SqlitePreferences:
    """`ports.Preferences`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, person: str, key: str) -> bytes | None:
        row = self._connection.execute(_SQL["preference"], (person, key)).fetchone()
        return None if row is None else str(row["body"]).encode()

    def put(self, person: str, key: str, body: bytes) -> None:
        self._connection.execute(_SQL["put_preference"], (person, key, body.decode()))
