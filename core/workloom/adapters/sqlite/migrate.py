"""Numbered migrations. Each is applied once, in one transaction, and its checksum is kept."""

import sqlite3
from hashlib import sha256
from pathlib import Path

from workloom.adapters.sqlite.statements import FOLDER
from workloom.domain.errors import StorageError, StorageTooNew

_TABLE = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)"


def migrations() -> list[tuple[int, str, str]]:
    """(number, name, SQL) of all migrations, in order."""
    return [
        (int(path.name[:4]), path.name, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.joinpath("migrations").glob("*.sql"))
    ]


def migrate(connection: sqlite3.Connection, path: Path | str) -> None:
    """Bring the schema up to date. Raises StorageTooNew, or StorageError where a migration is not the one applied."""
    known = migrations()
    applied = _applied(connection)
    _check(applied, known, path)
    if len(applied) == len(known):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(_TABLE)
        applied = _applied(connection)  # another process may have been quicker
        for number, name, sql in known:
            if number not in applied:
                _run(connection, sql)
                connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, name, _checksum(sql)))
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _applied(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone() is None:
        return {}
    rows = connection.execute("SELECT number, name, checksum FROM migration ORDER BY number")
    return {row[0]: (row[1], row[2]) for row in rows}


def _check(applied: dict[int, tuple[str, str]], known: list[tuple[int, str, str]], path: Path | str) -> None:
    newest = known[-1][0]
    if applied and max(applied) > newest:
        raise StorageTooNew(
            f"A later version of Workloom has written {path} (schema {max(applied)}, this version knows {newest})."
            " Nothing was changed. Start the later version, or use another data folder (--data)."
        )
    for number, name, sql in known:
        if number in applied and applied[number][1] != _checksum(sql):
            raise StorageError(
                f"The schema of {path} was made by another edition of migration {name}. Nothing was changed."
                " Start the version of Workloom that made it, or use another data folder (--data)."
            )


def _checksum(sql: str) -> str:
    return sha256(sql.encode()).hexdigest()


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
