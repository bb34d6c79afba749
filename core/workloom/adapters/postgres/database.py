"""One transaction or snapshot on PostgreSQL, as the groups of tables see it.

Nothing is sent before something is read or committed; then all that waits goes in one trip. What is known to be read
is read ahead in one trip too. So a command costs two trips, and a step of the dispatcher that makes 200 offers a few.

Every trip ends with a Sync and nothing behind it. Leaving the driver's pipeline sends a Flush after the Sync, and that
stops the server's timer for clients that pause within a transaction: so the pipeline is left with the COMMIT only.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any, Final, Protocol

import psycopg
from msgspec import Struct

from workloom.adapters.postgres.connecting import Connection
from workloom.adapters.postgres.connections import Connections
from workloom.adapters.postgres.item_columns import ITEMS
from workloom.adapters.postgres.search_text import text_query, text_vector
from workloom.adapters.tables.database import Row, Values

COMMIT: Final = "COMMIT"
_LIGHT: Final = ("BEGIN", "SET LOCAL synchronous_commit = off")
"""How a transaction begins whose loss in a crash nobody would notice."""


class Write(Struct, frozen=True):
    """A statement to be carried out."""

    statement: str
    values: Values = ()


class Buffer(Protocol):
    """Where a group of tables collects what it has to write."""

    def taken(self) -> Iterable[Write]:
        """All that was collected, which is forgotten with it."""
        ...


class PostgresDatabase:
    """`tables.Database` over a connection of the pool, which is taken when it is first needed.

    `begin`: statements that open the transaction. `look`: statements to carry out before it; `looked` has their rows.
    """

    items = ITEMS

    def __init__(self, connections: Connections, begin: Sequence[Write], look: Sequence[str] = ()) -> None:
        self._connections = connections
        self._begin = begin
        self._look = look
        self.looked: list[Row] = []
        self._connection: Connection | None = None
        self._pipeline: psycopg.Pipeline | None = None
        self._leaving = ExitStack()
        self._waiting: list[Write] = []
        self._buffers: list[Buffer] = []
        self._late: list[Buffer] = []
        self._light = True
        self._foreseen: tuple[Write, ...] = ()
        self._read: list[tuple[Write, list[Row]]] = []

    def foresee(self, *reads: Write) -> None:
        """Read with the next trip that reads what is going to be asked for: once, and before anything is written."""
        self._foreseen = (*self._foreseen, *reads)

    def begin(self) -> None:
        """Take the snapshot or begin the transaction now, if it has not begun."""
        if self._connection is None:
            self._send([])

    def add_buffer(self, buffer: Buffer, *, late: bool = False) -> None:
        """Flush this buffer too. `late`: what it writes looks at all that was written before, in whatever group."""
        (self._late if late else self._buffers).append(buffer)

    def read_ahead(self, reads: Sequence[Write]) -> list[list[Row]]:
        """The rows of each, all in one trip."""
        cursors = self._send([*self._due(), *reads])[-len(reads) :]
        return [cursor.fetchall() for cursor in cursors]

    def keep_ahead(self, read: Write, rows: list[Row]) -> None:
        """What the next reading of this gives, if nothing is written before."""
        self._read.append((read, rows))

    def rows(self, statement: str, values: Values = ()) -> Iterable[Row]:
        read, writes = Write(statement, values), self._due()
        if writes:
            self._read, self._foreseen = [], ()
        known = next((place for place, (early, _) in enumerate(self._read) if early == read), None)
        return self._send([*writes, read])[-1].fetchall() if known is None else self._read.pop(known)[1]

    def rows_beside(self, statement: str, values: Values = ()) -> Iterable[Row]:
        """Rows that what waits to be written does not concern."""
        return self._send([Write(statement, values)])[-1].fetchall()

    def rows_alone(self, statement: str, values: Values) -> list[Row]:
        """The rows of a statement that is all that is asked: no transaction is begun."""
        self._connection = self._connections.take()
        return self._connection.execute(statement, values, binary=True).fetchall()

    def row(self, statement: str, values: Values = ()) -> Row | None:
        return next(iter(self.rows(statement, values)), None)

    def write(self, statement: str, values: Values = ()) -> None:
        self._waiting.append(Write(statement, values))
        self._light = False

    def write_lightly(self, statement: str, values: Values = ()) -> None:
        """Write what may be lost in a crash; alone in a transaction it waits for no lock and no disk."""
        self._waiting.append(Write(statement, values))

    def start(self, statement: str, values: Values = ()) -> None:
        """Let the server begin with a write while we go on; whether it could be done shows with the next trip."""
        if self._connection is None:
            self.write(statement, values)
            return
        self._read.clear()
        self._light = False
        self._connection.execute(statement, values, binary=True)

    def end(self) -> None:
        """Let go of the snapshot."""
        if self._connection is not None:
            self._send([Write(COMMIT)], leave=True)

    def commit(self, last: Sequence[Write] = (), after: Sequence[Write] = ()) -> None:
        """Write what waits, then `last`, and commit; `after` goes with it, in a transaction of its own."""
        writes = [*self._due(), *last]
        if self._connection is None and not writes:
            return
        if self._connection is None and self._light and not last:
            self._begin = [Write(statement) for statement in _LIGHT]
        self._send([*writes, Write(COMMIT), *after], leave=True)

    def roll_back(self) -> None:
        """Forget all of it."""
        self._waiting.clear()
        if self._connection is None:
            return
        try:
            self._leaving.close()
            self._connection.execute("ROLLBACK")
        except psycopg.Error:
            self._connection.close()  # and so the server forgets it

    def release(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connections.give_back(self._connection)
            self._connection = None

    def at(self, instant: datetime) -> datetime:
        return instant

    def instant(self, kept: Any) -> datetime:
        value: datetime = kept
        return value

    def list_of(self, values: Sequence[Any]) -> list[Any]:
        return list(values)

    text = staticmethod(text_vector)
    words = staticmethod(text_query)

    def _due(self) -> list[Write]:
        """All that waits, in the order in which it can be carried out."""
        writes, self._waiting = self._waiting, []
        for buffer in (*self._buffers, *self._late):
            collected = list(buffer.taken())
            if collected:
                self._light = False
                writes += collected
        return writes

    def _send(self, writes: Sequence[Write], *, leave: bool = False) -> list[psycopg.Cursor[tuple[Any, ...]]]:
        """Carry out everything in one trip; returns the cursors of all statements. `leave`: there is a COMMIT."""
        begin: Sequence[Write] = ()
        foreseen, self._foreseen = () if leave else self._foreseen, ()
        if self._connection is None:
            self._connection = self._connections.take()
            self._pipeline = self._leaving.enter_context(self._connection.pipeline())
            begin = [*map(Write, self._look), *self._begin]
        connection, pipeline = self._connection, self._pipeline
        assert pipeline is not None
        everything = (*begin, *foreseen, *writes)
        cursors = [connection.execute(write.statement, write.values, binary=True) for write in everything]
        if leave:
            self._leaving.close()
        else:
            pipeline.sync()
        for cursor in cursors[: len(self._look) if begin else 0]:
            self.looked += cursor.fetchall() if cursor.description else []
        self._read += ((read, cursor.fetchall()) for read, cursor in zip(foreseen, cursors[len(begin) :], strict=False))
        return cursors
