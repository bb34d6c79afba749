"""The servers of the figure of pushes: `ours|bare CONNECTIONS`.

Prints the port and, for ours, the tokens of as many sessions. For each line on the standard input it pushes so many
times to all, then prints how many KiB of memory it holds.
"""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import ClassVar, Final, cast

import uvloop

from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.server import Node
from workloom.domain.events import Event, EventKind
from workloom.domain.presence import Session
from workloom.server.running import serve
from workloom.server.settings import ServerSettings
from workloom.testing.sites import person, site

TEXT: Final = "x" * 120
FRAME: Final = 335
"""Bytes of a frame of ours with such a text."""


def main(kind: str, connections: int) -> None:
    """Serve until the standard input ends."""
    if kind == "bare":
        serve_bare()
    else:
        with TemporaryDirectory() as folder:
            serve_ours(Path(folder), connections)


def serve_ours(folder: Path, connections: int) -> None:
    """A node where each event is known to all, and pushed as soon as it is there."""
    settings = ServerSettings(port=0, person_rate=0, socket_heartbeat=3600, news_together=0)
    node = Node(settings, folder, hasher=Argon2Passwords(cheap=True))
    people = {f"agent-{number}": person(f"agent-{number}") for number in range(connections)}
    node.engine.configuration.apply(site(persons=people, groups={}), {})
    now, tokens = datetime.now(UTC), node.container.tokens()
    with node.engine.store.transaction() as transaction:
        given = []
        for name in people:
            later = now + timedelta(days=1)
            session = Session(id=f"s-{name}", person=name, logged_in_at=now, last_seen_at=later, idle_since=now)
            transaction.sessions.insert(session)
            given.append(tokens.issue(transaction, session))
    ports: Queue[int] = Queue()
    server = node.server(ports.put)
    node.start_background()
    thread = Thread(target=serve, args=(server, settings))
    thread.start()
    print(ports.get(timeout=30), *given, flush=True)
    event = Event(at=now, kind=EventKind.SITE_APPLIED, detail={"text": TEXT})

    def push() -> None:
        with node.engine.store.transaction() as transaction:
            transaction.events.append([event])
        node.newsroom.look()  # so that each event goes out in a frame of its own

    obey(push)
    server.should_exit = True
    thread.join()
    node.stop()


class Bare(asyncio.Protocol):
    """Keeps the transports."""

    transports: ClassVar[list[asyncio.Transport]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """One more."""
        self.transports.append(cast("asyncio.Transport", transport))


def serve_bare() -> None:
    """TCP on the same loop, and a write to each connection."""
    started: Queue[tuple[asyncio.AbstractEventLoop, int]] = Queue()

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Bare, "127.0.0.1", 0, backlog=2048)
        started.put((loop, int(server.sockets[0].getsockname()[1])))
        await asyncio.Event().wait()

    Thread(target=lambda: uvloop.run(listen()), daemon=True).start()
    loop, port = started.get(timeout=30)
    print(port, flush=True)
    frame = b"x" * FRAME

    def write() -> None:
        for transport in Bare.transports:
            transport.write(frame)

    obey(lambda: loop.call_soon_threadsafe(write))


def obey(push: Callable[[], object]) -> None:
    """Push so many times as each line says, and tell the memory."""
    for line in sys.stdin:
        for _ in range(int(line)):
            push()
        print(resident(), flush=True)


def resident() -> int:
    """KiB that the process holds in memory."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
