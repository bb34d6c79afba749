"""The store: one writing connection behind a lock, and a pool of reading ones."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Final

from workloom.adapters.sqlite.commits import MOST, Commits
from workloom.adapters.sqlite.faults import as_storage_error
from workloom.adapters.sqlite.migrate import migrate
from workloom.adapters.sqlite.tables import Tables
from workloom.domain.events import Event
from workloom.services.leases import AlwaysHeld
from workloom.services.ports import Reader, Transaction
from workloom.services.shards import EVERYTHING, Shard

MEMORY: Final = ":memory:"
BUSY_SECONDS: Final = 10.0
"""How long a transaction waits for one of another process."""


def connect(path: str) -> sqlite3.Connection:
    """A connection in our manner: explicit transactions, any thread (one at a time)."""
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    return prepared(connection, path)


def prepared(connection: sqlite3.Connection, path: str) -> sqlite3.Connection:
    """The connection, told what every connection of ours needs; closed where that fails."""
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if path != MEMORY:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException:  # a damaged file shows only now
        connection.close()
        raise
    return connection


class SqliteStore:
    """`ports.Store`. `path` is a database file or `:memory:`; `connect` opens it in our manner."""

    def __init__(
        self,
        path: Path | str,
        *,
        on_close: Callable[[], None] | None = None,
        connect: Callable[[str], sqlite3.Connection] = connect,
    ) -> None:
        self.path = str(path)
        self._connect = connect
        self._listeners: list[Callable[[], None]] = []
        self._pool: list[sqlite3.Connection] = []
        self._pool_lock = Lock()
        self._closed = False
        self._on_close = on_close
        self._in_memory = self.path == MEMORY
        with as_storage_error(self.path):
            self._writer = self._connect(self.path)
            try:
                migrate(self._writer, self.path)
            except BaseException:
                self._writer.close()
                raise
            self._commits = Commits(self._writer, 1 if self._in_memory else MOST)
            self._data_version = self._elsewhere()

    @contextmanager
    def transaction(self, *, whole: bool = False, shard: Shard = EVERYTHING) -> Iterator[Transaction]:
        """There is one at a time: each is whole."""
        with as_storage_error(self.path), self._commits.transaction(alone=whole):
            tables = Tables(self._writer)
            yield tables
        if tables.events.appended:
            for listener in tuple(self._listeners):
                listener()

    @property
    def ahead(self) -> "SqliteStore":
        """Nobody waits for a connection to read."""
        return self

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        if self._in_memory:
            with self._commits.lock, as_storage_error(self.path):
                yield Tables(self._writer)
            return
        connection = self._take()
        try:
            with as_storage_error(self.path):
                connection.execute("BEGIN")
                try:
                    yield Tables(connection)
                finally:
                    if connection.in_transaction:
                        connection.execute("COMMIT")
        finally:
            self._give_back(connection)

    def events_after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        with self.reading() as reader:
            return reader.events.after(sequence, limit=limit)

    def lease(self, shard: Shard = EVERYTHING) -> AlwaysHeld:
        """Nobody else dispatches: the lock of the data folder sees to that."""
        return AlwaysHeld()

    def on_commit(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed_elsewhere(self) -> bool:
        with self._commits.lock, as_storage_error(self.path):
            version = self._elsewhere()
        changed, self._data_version = version != self._data_version, version
        return changed

    def close(self) -> None:
        with self._commits.lock, self._pool_lock, as_storage_error(self.path):
            if self._closed:
                return
            self._closed = True
            self._commits.finish()
            for connection in self._pool:
                connection.close()
            self._pool.clear()
            self._writer.close()
        if self._on_close is not None:
            self._on_close()

    def _take(self) -> sqlite3.Connection:
        with self._pool_lock:
            if self._pool:
                return self._pool.pop()
        with as_storage_error(self.path):
            connection = self._connect(self.path)
            connection.execute("PRAGMA query_only = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._pool_lock:
            if self._closed:
                connection.close()
            else:
                self._pool.append(connection)

    def _elsewhere(self) -> int:
        """A number that changes when somebody else than our writing connection has committed."""
        return int(self._writer.execute("PRAGMA data_version").fetchone()[0])
