"""Agents of the load: one socket each, and calls over HTTP when something is offered."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from random import Random
from time import monotonic
from typing import Final

from msgspec import Struct, field

from tests.chaos.centre.ledger import Said
from tests.load.http import Failed, Http
from tests.load.socket import Socket
from workloom.domain.commands import Accept, MarkDone
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction
from workloom.wire import CALLS

EXECUTE: Final = CALLS["items.execute"]
BEAT: Final = CALLS["presence.heartbeat"]
OPENING: Final = 30.0


class Measured(Struct):
    """What all agents have seen. `heard`: external id and `monotonic` instant of each offer that was accepted."""

    said: Said = field(default_factory=Said)
    heard: list[tuple[str, float]] = field(default_factory=list)
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

    async def run(self, ready: asyncio.Semaphore) -> None:
        """Stay connected until cancelled."""
        async with ready:
            socket = await self._connected()
        self._measured.sockets += 1
        beating = asyncio.ensure_future(self._beats())
        try:
            await socket.ended
        except OSError as error:
            self._measured.errors[f"socket: {error!s:.80}"] += 1
        finally:
            beating.cancel()
            socket.close()

    async def idle(self) -> None:
        """Wait until nothing is in hand any more."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _connected(self) -> Socket:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(OPENING):
            _, socket = await loop.create_connection(
                lambda: Socket(self._name, self._token, self._heard), self._http.host, self._http.port
            )
            await socket.greeted
        return socket

    async def _beats(self) -> None:
        await asyncio.sleep(self._random.random() * self._beat)
        while True:
            try:
                await self._http.call(BEAT, self._token)
            except (Failed, OSError, TimeoutError) as error:
                self._measured.errors[f"heartbeat: {type(error).__name__}: {error!s:.80}"] += 1
            await asyncio.sleep(self._beat)

    def _heard(self, event: Event) -> None:
        now = monotonic()
        self._measured.news.append((datetime.now(UTC) - event.at).total_seconds())
        task = asyncio.ensure_future(self._take(event.item, str(event.detail["ticket"]), now))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, item: str, ticket: str, now: float) -> None:
        after = await self._execute(Accept(item=item, ticket=ticket), now)
        if after is None:
            return
        self._measured.heard.append((after.external_id, now))
        await asyncio.sleep(self._random.expovariate(1 / self._handles))
        await self._execute(MarkDone(item=item, fence=after.fence), monotonic())

    async def _execute(self, command: Accept | MarkDone, begun: float) -> Interaction | None:
        """What nobody knows of is asked for again with its key."""
        said, doing = self._measured.said, (type(command).__name__, command.item, self._name)
        key = f"{doing[0]}-{command.item}-{command.fence}"
        for _ in range(5):
            try:
                after = await self._http.call(EXECUTE, self._token, command, key=key)
            except Failed as error:
                self._measured.errors[f"{doing[0]} refused: {error!s:.80}"] += 1
                return None
            except (OSError, TimeoutError) as error:
                self._measured.errors[f"{doing[0]}: {type(error).__name__}"] += 1
                continue
            assert isinstance(after, Interaction)
            said.acknowledged[doing] += 1
            said.operations += 1
            said.answered.append(monotonic())
            said.latencies[doing[0]].append(said.answered[-1] - begun)
            return after
        said.unknown[doing] += 1
        return None
