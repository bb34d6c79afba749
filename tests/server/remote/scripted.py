"""A node that says exactly what a test wants on its socket."""

import asyncio
from collections.abc import Awaitable, Callable
from threading import Thread
from typing import Any, Self

from websockets.asyncio.server import ServerConnection, serve

from workloom.wire import Hello, Ping, Pong, Welcome, decode_client_frame, encode

Script = Callable[["Talk"], Awaitable[None]]


class Talk:
    """One connection, after its `Hello`."""

    def __init__(self, connection: ServerConnection, said: str | bytes) -> None:
        hello = decode_client_frame(said)
        assert isinstance(hello, Hello)
        self.connection, self.said, self.hello = connection, said, hello
        self.pings = 0

    async def say(self, frame: object) -> None:
        """Send a frame, or the text of none."""
        await self.connection.send(frame if isinstance(frame, str) else encode(frame).decode())

    async def welcome(self, last: int = 0, heartbeat: float = 1.0) -> None:
        """Take the desktop in."""
        await self.say(Welcome(last=last, version=1, heartbeat=heartbeat))

    async def listen(self, *, answer: bool = True) -> None:
        """Take what comes until the other side goes; answer pings."""
        async for frame in self.connection:
            if isinstance(decode_client_frame(frame), Ping):
                self.pings += 1
                if answer:
                    await self.say(Pong())


class ScriptedNode:
    """Runs `script` for each connection; the last one goes on for all that come after. `talks`: those that came."""

    def __init__(self, *scripts: Script) -> None:
        self._scripts = scripts
        self.talks: list[Talk] = []
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="scripted", daemon=True)
        self._thread.start()
        self._server: Any = self._call(self._serve())
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _serve(self) -> Any:
        return await serve(self._taken, "127.0.0.1", 0, close_timeout=0.2)

    async def _end(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*rest, return_exceptions=True)

    async def _taken(self, connection: ServerConnection) -> None:
        talk = Talk(connection, await connection.recv())
        self.talks.append(talk)
        await self._scripts[min(len(self.talks), len(self._scripts)) - 1](talk)
