"""Agents of the load: one socket each, and calls over HTTP when something is offered."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from random import Random
from time import monotonic
from typing import Any, Final

from msgspec import Struct, field
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.chaos.centre.ledger import Said
from tests.load.http import Failed, Http
from workloom.domain.commands import Accept, MarkDone
from workloom.domain.events import EventKind
from workloom.domain.interaction import Interaction
from workloom.wire import CALLS, VERSION, Hello, News, Welcome, decode_server_frame, encode
from workloom.wire.protocol import EVENTS_PATH

EXECUTE: Final = CALLS["items.execute"]
BEAT: Final = CALLS["presence.heartbeat"]


class Measured(Struct):
    """Times of all agents in seconds, and what they were told."""

    said: Said = field(default_factory=Said)
    offers: list[float] = field(default_factory=list)
    news: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    sockets: int = 0


class Agent:
    """Takes whatever is offered and is done with it after a while."""

    def __init__(self, name: str, token: str, http: Http, measured: Measured, handles: float, beat: float) -> None:
        self._name = name
        self._token = token
        self._http = http
        self._measured = measured
        self._handles = handles
        self._beat = beat
        self._random = Random(name)  # noqa: S311 - no secret
        self._tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def run(self, ready: asyncio.Semaphore) -> None:
        """Stay connected until cancelled."""
        async with ready:
            socket = await self._connected()
        self._measured.sockets += 1
        beating = asyncio.ensure_future(self._beats())
        try:
            while True:
                frame = await socket.recv()
                if b'"offered"' in (frame if isinstance(frame, bytes) else frame.encode()):
                    self._heard(decode_server_frame(frame), datetime.now(UTC))
        except (WebSocketException, OSError) as error:
            self._measured.errors[f"socket: {type(error).__name__}"] += 1
        finally:
            beating.cancel()
            await socket.close()

    async def idle(self) -> None:
        """Wait until nothing is in hand any more."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _connected(self) -> Any:
        socket = await connect(
            self._http.url.replace("http:", "ws:") + EVENTS_PATH,
            additional_headers={"Authorization": f"Bearer {self._token}"},
            compression=None,
            proxy=None,
            ping_interval=None,
            open_timeout=30,
            close_timeout=1,
        )
        await socket.send(encode(Hello(version=VERSION)).decode())
        welcome = decode_server_frame(await socket.recv())
        if not isinstance(welcome, Welcome):
            raise OSError(f"the node did not greet {self._name}: {welcome}")
        return socket

    async def _beats(self) -> None:
        await asyncio.sleep(self._random.random() * self._beat)
        while True:
            try:
                await self._http.call(BEAT, self._token)
            except (Failed, OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                self._measured.errors[f"heartbeat: {type(error).__name__}: {error!s:.80}"] += 1
            await asyncio.sleep(self._beat)

    def _heard(self, frame: object, now: datetime) -> None:
        if not isinstance(frame, News):
            return
        for event in frame.events:
            if event.kind is EventKind.OFFERED and event.person == self._name:
                self._measured.news.append((now - event.at).total_seconds())
                task = asyncio.ensure_future(self._take(event.item, str(event.detail["ticket"]), now))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _take(self, item: str, ticket: str, now: datetime) -> None:
        after = await self._execute(Accept(item=item, ticket=ticket))
        if after is None:
            return
        self._measured.offers.append((now - after.submitted_at).total_seconds())
        await asyncio.sleep(self._random.expovariate(1 / self._handles))
        await self._execute(MarkDone(item=item, fence=after.fence))

    async def _execute(self, command: Accept | MarkDone) -> Interaction | None:
        """What nobody knows of is asked for again with its key."""
        said, doing = self._measured.said, (type(command).__name__, command.item, self._name)
        key, begun = f"{doing[0]}-{command.item}-{command.fence}", monotonic()
        for _ in range(5):
            try:
                after = await self._http.call(EXECUTE, self._token, command, key=key)
            except Failed as error:
                self._measured.errors[f"{doing[0]} refused: {error!s:.80}"] += 1
                return None
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
                self._measured.errors[f"{doing[0]}: {type(error).__name__}"] += 1
                continue
            assert isinstance(after, Interaction)
            said.acknowledged[doing] += 1
            said.operations += 1
            said.latencies[doing[0]].append(monotonic() - begun)
            return after
        said.unknown[doing] += 1
        return None
