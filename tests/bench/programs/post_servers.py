"""The servers of the figure of creates: `ours FOLDER`, or `bare FOLDER WRITTEN`, where ours has written before.

Prints the port; ends when the standard input does.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from threading import Lock, Thread
from typing import Final

from msgspec import json
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.bench.programs.store import Table
from workloom.adapters.sqlite.folder import DATABASE
from workloom.bootstrap.server import Node
from workloom.server.running import NodeServer, make_server, serve
from workloom.server.settings import ServerSettings

TOKEN: Final = "client-token-of-the-bench"
TABLES: Final = ("interaction", "history_text", "event", "capture_item")
"""That a create writes to, in an order in which they can be written."""

SETTINGS: Final = ServerSettings(port=0, client_rate=0)


class Bare:
    """Reads a body and writes the next rows, in a thread, as anybody would who writes to SQLite from ASGI."""

    def __init__(self, data: Path, written: Path) -> None:
        before, after = ({name: Table(folder, name) for name in TABLES} for folder in (data, written))
        found = [after[name].rows[len(before[name].rows) :] for name in TABLES]
        assert len({len(rows) for rows in found}) == 1, {
            name: len(rows) for name, rows in zip(TABLES, found, strict=True)
        }
        self._statements = [after[name].insert([])[0] for name in TABLES]
        self._left: Iterator[tuple[tuple[object, ...], ...]] = zip(*found, strict=True)
        self._lock = Lock()
        self._connection = sqlite3.connect(data / DATABASE, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        said = json.decode(body)
        await asyncio.to_thread(self._write)
        answer = json.encode(said)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _write(self) -> None:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement, row in zip(self._statements, next(self._left), strict=True):
                self._connection.execute(statement, row)
            self._connection.execute("COMMIT")


def main(kind: str, data: Path, written: Path | None = None) -> None:
    """Serve until the standard input ends."""
    if kind == "bare":
        assert written is not None
        run(lambda ports: _server(Bare(data, written), ports))
        return
    node = Node(SETTINGS, data)
    node.start()
    run(lambda ports: node.server(ports.put))
    node.stop()


def _server(app: ASGIApp, ports: "Queue[int]") -> NodeServer:
    async def nothing() -> None:
        """There is nobody to tell."""

    return make_server(app, SETTINGS, ports.put, nothing)


def run(made: Callable[[Queue[int]], NodeServer]) -> None:
    """Let a server serve meanwhile."""
    ports: Queue[int] = Queue()
    server = made(ports)
    thread = Thread(target=serve, args=(server, SETTINGS))
    thread.start()
    print(ports.get(timeout=30), flush=True)
    sys.stdin.read()
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
