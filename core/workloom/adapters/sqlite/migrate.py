"""Numbered migrations. Each is applied once, in one transaction, and its checksum is kept."""

import sqlite3
from pathlib import Path
from typing import Final

from workloom.adapters.sqlite.database import FOLDER
from workloom.adapters.tables.migrations import check, migrations
from workloom.domain.errors import StorageError

_TABLE = "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)"
INSTEAD: Final = "use another data folder (--data)"


def migrate(connection: sqlite3.Connection, path: Path | str) -> None:
    """Bring the schema up to date. Raises StorageTooNew, or StorageError where a migration is not the one applied."""
    known = migrations(FOLDER)
    applied = applied_to(connection)
    check(applied, known, path, INSTEAD)
    if len(applied) == len(known):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        applied = applied_to(connection)  # another process may have been quicker
        refuse_foreign(connection, path)
        connection.execute(_TABLE)
        for each in known:
            if each.number not in applied:
                _run(connection, each.sql)
                values = (each.number, each.name, each.checksum)
                connection.execute("INSERT INTO migration VALUES (?, ?, ?)", values)
        connection.execute("COMMIT")
    except (sqlite3.Error, StorageError):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def refuse_foreign(connection: sqlite3.Connection, path: Path | str) -> None:
    """StorageError for a database that has tables, and none of ours."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view')").fetchone()
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(migration)")]
    if there and columns != ["number", "name", "checksum"]:
        raise StorageError(f"The database {path} is of another program. Nothing was changed. Please {INSTEAD}.")


def applied_to(connection: sqlite3.Connection) -> dict[int, str]:
    """Checksums of the migrations that were applied, by number."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone() is None:
        return {}
    return dict(connection.execute("SELECT number, checksum FROM migration ORDER BY number"))


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
