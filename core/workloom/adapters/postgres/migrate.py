"""The schema: whether it is the one that this version works with, and bringing it there."""

from collections.abc import Mapping
from typing import Final

from workloom.adapters.postgres.connecting import Connection
from workloom.adapters.postgres.dialect import FOLDER
from workloom.adapters.postgres.locks import LOCK, lock_key
from workloom.adapters.tables.migrations import check, migrations
from workloom.domain.errors import StorageError

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL)"
)
_INSTEAD: Final = "name another database"


def applied_to(connection: Connection) -> Mapping[int, str]:
    """Checksums of the migrations that were applied, by number."""
    there = connection.execute("SELECT to_regclass('migration') IS NOT NULL").fetchone()
    if not there or not there[0]:
        return {}
    return dict(connection.execute("SELECT number, checksum FROM migration ORDER BY number").fetchall())


def check_schema(connection: Connection, where: str) -> None:
    """StorageTooNew, or StorageError for a schema that was not brought up to date."""
    known, applied = migrations(FOLDER), applied_to(connection)
    check(applied, known, where, _INSTEAD)
    missing = [each.name for each in known if each.number not in applied]
    if missing:
        found = f"schema {max(applied)}" if applied else "no tables of Workloom"
        raise StorageError(
            f"The database {where} has {found}; this version needs schema {known[-1].number}. Nothing was changed."
            " Bring it up to date first: workloom db upgrade"
        )


def upgrade(connection: Connection, where: str) -> list[str]:
    """Apply what is missing, in one transaction, one node at a time; returns the names of the migrations applied.

    Raises StorageTooNew or StorageError before anything is changed.
    """
    known = migrations(FOLDER)
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = 0")
        connection.execute("SET LOCAL statement_timeout = 0")
        connection.execute(LOCK, (lock_key("upgrade"),))
        applied = applied_to(connection)
        check(applied, known, where, _INSTEAD)
        missing = [each for each in known if each.number not in applied]
        if missing:
            connection.execute(_TABLE)
        for each in missing:
            connection.execute(each.sql.encode())
            values = (each.number, each.name, each.checksum)
            connection.execute("INSERT INTO migration VALUES (%s, %s, %s)", values)
    return [each.name for each in missing]
