"""The store on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from logging import getLogger
from typing import Final
from uuid import uuid4

import psycopg
from msgspec.structs import replace

from workloom.adapters.postgres.connecting import PostgresSettings, connect, refuse_unsafe, server_time, time_of_nodes
from workloom.adapters.postgres.connections import Connections
from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.events import PostgresEvents
from workloom.adapters.postgres.faults import as_storage_error, place_of
from workloom.adapters.postgres.frontier import LOOK, Frontier
from workloom.adapters.postgres.lease import PostgresLease
from workloom.adapters.postgres.listening import NOTIFY, Listening
from workloom.adapters.postgres.locks import BESIDE_OTHERS, alone
from workloom.adapters.postgres.migrate import check_schema
from workloom.adapters.postgres.tables import ReadingTables, WritingTables
from workloom.domain.errors import StorageError
from workloom.domain.events import Event
from workloom.services.ports import Reader, Transaction
from workloom.services.shards import EVERYTHING, Shard

FAR: Final = timedelta(hours=1)
"""Between the clock of the database and that of the nodes: then one of them was set."""

_log = getLogger(__name__)
OWN: Final = 4
"""Connections for the node's own work: dispatching, leases, news, signs of life."""

_READING: Final = (Write("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),)


class PostgresStore:
    """`ports.Store` of one node. Raises StorageError kinds, as the port says."""

    def __init__(self, dsn: str, settings: PostgresSettings | None = None) -> None:
        self.dsn = dsn
        self.settings = settings or PostgresSettings()
        self.where = place_of_named(dsn)
        self._node = uuid4().hex
        self._frontier = Frontier()
        self._told = 0
        self._closed = False
        self._listeners: list[Callable[[], None]] = []
        with as_storage_error(self.where), connect(dsn, self.settings) as connection:
            refuse_unsafe(connection, self.where)
            check_schema(connection, self.where)
        self._connections = Connections(dsn, self.settings, self.where)
        self._own = Connections(dsn, replace(self.settings, connections=OWN), self.where)
        self._listening = Listening(dsn, self.settings, self._node, self._heard)
        self.changed_elsewhere()

    @contextmanager
    def transaction(self, *, whole: bool = False, shard: Shard = EVERYTHING) -> Iterator[Transaction]:
        begin = alone(self.settings.idle_whole) if whole else BESIDE_OTHERS
        database = PostgresDatabase(self._own if whole else self._connections, begin)
        tables = WritingTables(database, self._frontier, shard, whole=whole)
        with as_storage_error(self.where):
            try:
                yield tables
                happened = list(tables.events.taken())
                database.commit(happened, [Write(NOTIFY, (self._node,))] if tables.events.appended else [])
            except BaseException:
                database.roll_back()
                raise
            finally:
                database.release()
        if tables.events.appended:
            self._frontier.mark()
            self._tell()

    @property
    def ahead(self) -> "PostgresStore":
        """With the connections of the node's own work."""
        same = copy(self)
        same._connections = self._own  # noqa: SLF001 - of this very class
        return same

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        database = PostgresDatabase(self._connections, _READING, LOOK if self._frontier.is_behind else ())
        with as_storage_error(self.where):
            try:
                yield ReadingTables(database, self._frontier)
                database.end()
            except BaseException:
                database.roll_back()
                raise
            finally:
                database.release()

    def events_after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        database = PostgresDatabase(self._connections, ())
        with as_storage_error(self.where):
            try:
                return PostgresEvents(database, self._frontier).alone(sequence, limit=limit)
            finally:
                database.release()

    def lease(self, shard: Shard = EVERYTHING) -> PostgresLease:
        name = f"dispatch {shard.number} of {shard.of}"
        return PostgresLease(self._own, self.where, name, self.settings.lease)

    def on_commit(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed_elsewhere(self) -> bool:
        self._frontier.mark()
        with self.ahead.reading() as reader:
            reader.events.last()
        before, self._told = self._told, self._frontier.value
        return self._told > before

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._listening.close()
        self._connections.close()
        self._own.close()

    def _heard(self) -> None:
        self._frontier.mark()
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def wall_of(dsn: str, settings: PostgresSettings) -> datetime:
    """The time from which a node begins, aware UTC: that of the database's machine. StorageError kinds.

    Where that clock was set while other nodes live, which go on as before, it is theirs: nodes must agree on deadlines.
    """
    with as_storage_error(place_of_named(dsn)):
        now = server_time(dsn, settings)
        theirs = time_of_nodes(dsn, settings)
    if theirs is None or abs(now - theirs) < FAR:
        return now
    _log.warning("The clock of the database is %s s from that of the other nodes, which counts.", now - theirs)
    return theirs


def place_of_named(dsn: str) -> str:
    """What errors call the database. StorageError for a DSN that is none."""
    try:
        return place_of(dsn)
    except psycopg.ProgrammingError as error:
        raise StorageError(  # which is not quoted: a password may stand anywhere in it
            "What was given as a DSN names no database. Write postgresql://USER@HOST/NAME."
        ) from error
