"""News of other nodes: one connection that listens, in a thread of its own."""

import socket
from collections.abc import Callable
from logging import getLogger
from threading import Event as Flag
from threading import Thread
from typing import Final

import psycopg

from workloom.adapters.postgres.connecting import Connection, PostgresSettings, connect, has_word

CHANNEL: Final = "workloom"
NOTIFY: Final = "SELECT pg_notify('workloom', %s)"
_RETRY_SECONDS: Final = 0.5
_GATHERED_SECONDS: Final = 0.005
"""For which it listens no further after it was called: one call does for all that comes meanwhile."""

_log = getLogger(__name__)


class Listening:
    """Calls `heard` for each notification that is not of `node`, and when it listens again after a break.

    What is missed meanwhile is found by whoever polls: a notification only makes it quicker.
    """

    def __init__(self, dsn: str, settings: PostgresSettings, node: str, heard: Callable[[], None]) -> None:
        self._dsn = dsn
        self._settings = settings
        self._node = node
        self._heard = heard
        self._stopping = Flag()
        self._ending, self._bell = socket.socketpair()
        self._thread = Thread(target=self._run, name="workloom-listening", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; waits for it."""
        self._stopping.set()
        self._bell.send(b"x")
        self._thread.join()
        self._bell.close()
        self._ending.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with connect(self._dsn, self._settings) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._heard()
                    self._listen(connection)
            except (psycopg.Error, OSError) as error:
                _log.warning("News of other nodes come by polling only, until the database answers: %s", error)
                self._stopping.wait(_RETRY_SECONDS)

    def _listen(self, connection: Connection) -> None:
        while not self._stopping.is_set():
            has_word(connection.fileno(), self._ending.fileno())
            connection.pgconn.consume_input()
            heard = False
            while notice := connection.pgconn.notifies():
                heard = heard or notice.extra.decode() != self._node
            if heard:
                self._heard()
                self._stopping.wait(_GATHERED_SECONDS)
