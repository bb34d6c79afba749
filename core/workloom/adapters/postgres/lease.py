"""A lease as a row with an end, by the clock of the database."""

from contextlib import suppress
from time import monotonic
from typing import Final
from uuid import uuid4

import psycopg

from workloom.adapters.postgres.connections import Connections
from workloom.adapters.postgres.database import PostgresDatabase
from workloom.adapters.postgres.dialect import sql
from workloom.adapters.postgres.faults import as_storage_error
from workloom.domain.errors import StorageError

_SQL: Final = sql("lease")
_RENEWED_AFTER: Final = 1 / 4
"""Part of its time after which a lease is renewed."""

_ASKED_AFTER: Final = 1 / 8
"""Part of its time for which a lease that another one has is not asked for again, whoever wants to know."""


class PostgresLease:
    """`leases.Lease` named `name`, for `seconds` from each renewal on."""

    def __init__(self, connections: Connections, where: str, name: str, seconds: float) -> None:
        self._connections = connections
        self._where = where
        self._values = {"name": name, "holder": uuid4().hex}
        self._seconds = seconds
        self._renewed_at: float | None = None
        self._refused_at: float | None = None
        self._epoch = 0

    def held(self) -> bool:
        now = monotonic()
        if self._renewed_at is not None and now - self._renewed_at < self._seconds * _RENEWED_AFTER:
            return True
        if self._refused_at is not None and now - self._refused_at < self._seconds * _ASKED_AFTER:
            return False
        row = self._ask("take", seconds=self._seconds)
        self._renewed_at, self._refused_at = (now, None) if row is not None else (None, now)
        self._epoch = 0 if row is None else row[0]
        return row is not None

    def confirmed(self, database: PostgresDatabase) -> bool:
        """Whether it is ours in a transaction that runs alone: a new holder can do nothing before that has ended."""
        if database.row(_SQL["confirm"], {**self._values, "epoch": self._epoch}) is not None:
            return True
        self._renewed_at = None
        return False

    def release(self) -> None:
        self._renewed_at = None
        with suppress(StorageError):  # it ends by itself
            self._ask("release")

    def _ask(self, name: str, **values: float) -> tuple[int] | None:
        with as_storage_error(self._where):
            connection = self._connections.take()
            try:
                cursor = connection.execute(_SQL[name], {**self._values, **values})
                row: tuple[int] | None = cursor.fetchone() if cursor.description else None
            except psycopg.Error:
                self._renewed_at = None
                raise
            finally:
                self._connections.give_back(connection)
        return row
