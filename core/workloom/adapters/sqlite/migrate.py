"""Numbered migrations. Each is applied once, in one transaction, and its checksum is kept."""

import sqlite3
from pathlib import Path
from typing import Final

from workloom.adapters.sqlite.database import FOLDER
from workloom.adapters.tables.migrations import check, migrations

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
        connection.execute(_TABLE)
        applied = applied_to(connection)  # another process may have been quicker
        for each in known:
            if each.number not in applied:
                _run(connection, each.sql)
                values = (each.number, each.name, each.checksum)
                connection.execute("INSERT INTO migration VALUES (?, ?, ?)", values)
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


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
