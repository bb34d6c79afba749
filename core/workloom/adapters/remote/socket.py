"""The socket of one session: brings its news, and comes back after each loss, on any node. In the loop's thread."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from logging import getLogger
from random import Random
from ssl import SSLContext
from typing import TYPE_CHECKING, Any, Final

from workloom.adapters.remote.addresses import Address, Nodes
from workloom.adapters.remote.asking import NOT_REACHED
from workloom.adapters.remote.backoff import pause
from workloom.adapters.remote.news import News
from workloom.api.services import LinkState
from workloom.domain.errors import BadInput, Disconnected, SessionEnded, TooOften, WorkloomError, WrongVersion
from workloom.wire import (
    EVENTS_PATH,
    GO_BACK,
    VERSION,
    VERSION_HEADER,
    Ended,
    Hello,
    Ping,
    Welcome,
    decode_server_frame,
    encode,
    error_of,
)
from workloom.wire import News as NewsFrame

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

log = getLogger(__name__)
LOST: Final = "The connection to the server is lost."
OPENING, SUSPICION, UNUSED = 4.0, 2.0, 60.0
"""Seconds: for a node to welcome us; for it to answer a doubt; after which a socket that nobody asks is closed."""


class _Over(Exception):
    """There is no use in trying again."""


class _Unused(Exception):
    """Nobody asks for the news."""


class NewsSocket:
    """`run` returns when the session is over or `close` was called. `moved` hears of each change of `state`."""

    def __init__(
        self, nodes: Nodes, tls: SSLContext, token: str, news: News, random: Random, moved: Callable[[], None]
    ) -> None:
        self._nodes, self._tls, self._token, self._news = nodes, tls, token, news
        self._random, self._moved = random, moved
        self._loop = asyncio.get_running_loop()
        self._hurry = asyncio.Event()
        self._doubt = asyncio.Event()
        self._stands = False
        self.closed = False
        self.state = LinkState()

    def hurry(self) -> None:
        """Do not wait for the next try. Any thread."""
        self._loop.call_soon_threadsafe(self._hurry.set)

    def suspect(self) -> None:
        """Something did not come: ask the node whether it still hears us. Any thread."""
        self._loop.call_soon_threadsafe(self._doubt.set)

    def close(self) -> None:
        """Come to an end. Only in the loop's thread."""
        self.closed = True
        self._hurry.set()
        self._doubt.set()

    async def run(self) -> None:
        """Stay connected for as long as somebody asks."""
        from websockets.exceptions import WebSocketException

        attempt = 0
        while not self.closed:
            node, self._stands = self._nodes.current, False
            trouble: WorkloomError = Disconnected(LOST)
            told_to_wait = 0.0
            try:
                await self._session(node)
            except _Over:
                return
            except _Unused:
                await self._sleep()
                continue
            except WrongVersion as error:
                trouble = error
            except (OSError, WorkloomError, WebSocketException) as error:
                told_to_wait = error.wait_seconds if isinstance(error, TooOften) else 0.0
                log.debug("The socket to %s ended: %s", node.name, type(error).__name__)
            attempt = 1 if self._stands else attempt + 1
            self._nodes.failed(node)
            if not self.closed:
                await self._rest(attempt, trouble, told_to_wait)

    async def _rest(self, attempt: int, trouble: WorkloomError, least: float) -> None:
        """Tell what has happened, and wait for the next try, `least` seconds and a little."""
        seconds = least + pause(attempt, self._random)
        self._say(LinkState(connected=False, attempt=attempt, next_try=time.monotonic() + seconds))
        self._news.fail(trouble if self._news.last is not None else _not_reached(trouble))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._hurry.wait(), seconds)
        self._hurry.clear()
        self._say(LinkState(connected=False, attempt=attempt))

    async def _sleep(self) -> None:
        """Nobody asks: the agent has gone without logging off, or the whole process has slept. Wait for a question."""
        self._news.fail(Disconnected(LOST))
        while not self.closed and self._is_unused():
            await asyncio.sleep(0.2)

    def _is_unused(self) -> bool:
        return time.monotonic() - self._news.asked_at > UNUSED

    async def _session(self, node: Address) -> None:
        """One connection from its beginning to its end. Raises what ended it; `_Over`: there is no use in another."""
        from websockets.asyncio.client import connect

        connection = await connect(
            node.news + EVENTS_PATH,
            ssl=self._tls if node.news.startswith("wss:") else None,
            additional_headers={"Authorization": f"Bearer {self._token}", VERSION_HEADER: str(VERSION)},
            compression=None,
            proxy=None if node.local else True,
            open_timeout=OPENING,
            close_timeout=0.5,
            ping_interval=None,
            max_size=16 * 1024 * 1024,
            max_queue=64,
        )
        try:
            hello = Hello(version=VERSION, packed=True, after=self._news.last, mark=self._news.mark)
            await connection.send(encode(hello).decode())
            welcome = self._first(await asyncio.wait_for(connection.recv(), OPENING), node)
            if not isinstance(welcome, Welcome):
                raise BadInput("The server did not answer as expected.")
            self._news.begin(welcome.last, welcome.mark, anew=welcome.anew)
            self._stands = True
            self._say(LinkState(connected=True, place=node.name))
            await self._listen(connection, welcome.heartbeat)
        finally:
            try:
                await connection.close()
            finally:
                connection.transport.abort()  # in case that we were told to end meanwhile

    async def _listen(self, connection: "ClientConnection", heartbeat: float) -> None:
        """Take what comes; TimeoutError when nothing comes for longer than the server has promised."""
        silence = 2 * heartbeat + 1
        doubt = asyncio.ensure_future(self._doubt.wait())
        receiving = asyncio.ensure_future(connection.recv())
        doubted = False
        try:
            while not self.closed:
                done, _ = await asyncio.wait(
                    {receiving, *(() if doubted else (doubt,))},
                    timeout=SUSPICION if doubted else silence,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if not done:
                    raise TimeoutError(LOST)
                if doubt in done and not self.closed:
                    self._doubt.clear()
                    doubt, doubted = asyncio.ensure_future(self._doubt.wait()), True
                    await connection.send(encode(Ping()).decode())
                if receiving in done:
                    doubted = False
                    self._take(receiving.result())
                    receiving = asyncio.ensure_future(connection.recv())
                if self._is_unused():
                    raise _Unused
        finally:
            for waiting in (doubt, receiving):
                waiting.cancel()
            await asyncio.gather(doubt, receiving, return_exceptions=True)

    def _take(self, frame: str | bytes) -> None:
        read = self._read(frame)
        if isinstance(read, NewsFrame):
            self._news.add(read.events, read.last, read.mark)

    def _first(self, frame: str | bytes, node: Address) -> Any:
        """The answer to our `Hello`. A node of version 1 reads it before it looks at the version."""
        read = decode_server_frame(frame)
        if isinstance(read, Ended) and isinstance(error_of(read.problem), BadInput):
            raise WrongVersion(
                f"This desktop is newer than the server. {node.name} does not understand version {VERSION} of the "
                f"protocol. {GO_BACK}"
            )
        return self._read(frame)

    def _read(self, frame: str | bytes) -> Any:
        """The frame. Where it says that the server ends the connection: `_Over`, or the error if we may come back."""
        read = decode_server_frame(frame)
        if isinstance(read, Ended):
            error = error_of(read.problem)
            if isinstance(error, SessionEnded):
                self._news.fail(error)
                raise _Over
            if not read.again and not isinstance(error, WrongVersion):
                self._news.fail(SessionEnded(str(error)))
                raise _Over
            raise error
        return read

    def _say(self, state: LinkState) -> None:
        self.state = state
        self._moved()


def _not_reached(trouble: WorkloomError) -> WorkloomError:
    """What is said of a connection that never stood."""
    return trouble if isinstance(trouble, WrongVersion) else Disconnected(NOT_REACHED)
