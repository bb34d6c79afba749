"""The part of `sqlite3.Connection` that the store uses, over apsw, so that its files are on a disk of ours."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

import apsw

from tests.chaos.disk.recording import NAME

_CODES: dict[type[apsw.Error], int] = {
    apsw.FullError: apsw.SQLITE_FULL,
    apsw.IOError: apsw.SQLITE_IOERR,
    apsw.CantOpenError: apsw.SQLITE_CANTOPEN,
    apsw.CorruptError: apsw.SQLITE_CORRUPT,
}
"""Errors that the disk raises come back as they were raised, without the code that SQLite made of them."""

Rewrite = Callable[[str], str]
"""Changes a statement: how a test weakens what the store asks of the disk."""


class Cursor:
    """The answer to one statement, read whole: a fault is met where the statement is executed."""

    def __init__(self, connection: apsw.Connection, rows: list[tuple[Any, ...]], changed: int) -> None:
        self.rowcount = changed
        self.lastrowid = connection.last_insert_rowid()
        self._rows = iter(rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return next(self._rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return list(self._rows)


class Connection:
    """A connection through the failing disk."""

    def __init__(self, path: str, rewrite: Rewrite = lambda sql: sql) -> None:
        self._rewrite = rewrite
        with _as_sqlite3():
            self._connection = apsw.Connection(path, vfs=NAME)
            self._connection.set_busy_timeout(10_000)

    @property
    def in_transaction(self) -> bool:
        return bool(self._connection.in_transaction)

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Cursor:
        with _as_sqlite3():
            rows = list(self._connection.execute(self._rewrite(sql), values))
        return Cursor(self._connection, rows, self._connection.changes())

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> Cursor:
        changed = sum(self.execute(sql, values).rowcount for values in rows)
        return Cursor(self._connection, [], changed)

    def close(self) -> None:
        """SQLite writes back its log if it can, and closes in any case; apsw alone tells what went wrong then."""
        with suppress(apsw.Error):
            self._connection.close()


class _as_sqlite3:  # noqa: N801 - reads as a statement
    """Let errors of apsw out as those of sqlite3, with their codes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _traceback: object) -> None:
        if isinstance(error, apsw.Error):
            raised = sqlite3.OperationalError(str(error))
            raised.sqlite_errorcode = getattr(error, "extendedresult", 0) or _CODES.get(type(error), 0)
            raise raised from error
