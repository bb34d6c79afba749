"""The connections of a node, which outlive a restart of the database."""

from threading import Lock
from time import monotonic
from typing import Final

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from workloom.adapters.postgres.connecting import Connection, PostgresSettings, arguments, has_word, refuse_unsafe
from workloom.domain.errors import StorageBusy, StorageError, StorageUnreachable

_ROUND: Final = 0.25
"""Seconds after which waiting begins anew: that lets the pool try at once to connect to a server that is back."""

_LAST_WORDS: Final = 10


class Connections:
    """A pool. `take` gives a connection that is whole, as far as can be told without asking the server.

    A server that was started anew must still be one that may be used: each new connection asks.
    """

    def __init__(self, dsn: str, settings: PostgresSettings, where: str) -> None:
        self._where = where
        self._wait = settings.connect
        self._most = settings.connections
        self._refused: StorageError | None = None
        self._lock = Lock()
        self._in_use = 0
        self._pool = ConnectionPool(
            "",
            kwargs=arguments(dsn, settings),
            min_size=1,
            max_size=settings.connections,
            timeout=_ROUND,
            reconnect_timeout=_ROUND,
            configure=self._refuse_unsafe,
            check=_hear,
            open=False,
            name="workloom",
        )
        self._pool.open()

    def take(self) -> Connection:
        """A connection for one transaction. StorageBusy when all are in use, StorageUnreachable when none comes,
        StorageError when the server must not be used.
        """
        end = monotonic() + self._wait
        while True:
            try:
                connection = self._pool.getconn(timeout=_ROUND)
            except PoolTimeout:
                if monotonic() > end:
                    break
            else:
                self._count(1)
                return connection
        if self._refused is not None:
            raise StorageError(str(self._refused))
        if self._in_use >= self._most:  # the pool's own count has those in it that it only tries to make
            raise StorageBusy("The database has more to do than this server may ask of it. Try again in a moment.")
        raise StorageUnreachable(f"The database {self._where} does not answer. Nothing was changed. Try again.")

    def give_back(self, connection: Connection) -> None:
        """Let others use it; one that is broken or in a transaction is thrown away."""
        if connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE:
            connection.close()
        self._count(-1)
        self._pool.putconn(connection)

    def close(self) -> None:
        """Let go of all."""
        self._pool.close()

    def _refuse_unsafe(self, connection: Connection) -> None:
        self._refused = None
        try:
            refuse_unsafe(connection, self._where)
        except StorageError as error:
            self._refused = error
            connection.close()
            raise
        except BaseException:
            connection.close()
            raise

    def _count(self, more: int) -> None:
        with self._lock:
            self._in_use += more


def _hear(connection: Connection) -> None:
    """Raise if the other end has hung up, perhaps with a last word; nothing is sent."""
    for _ in range(_LAST_WORDS):
        if not has_word(connection.fileno(), seconds=0):
            return
        connection.pgconn.consume_input()
