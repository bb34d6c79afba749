"""A network between a desktop and a node that a test can make as bad as it likes: delays, resets, silence."""

import asyncio
import struct
from collections.abc import Callable
from contextlib import suppress
from socket import SO_LINGER, SOL_SOCKET
from threading import Thread
from typing import Final, Self
from urllib.parse import urlsplit

CHUNK: Final = 65_536
_RESET: Final = struct.pack("ii", 1, 0)


class _Pair:
    """One connection through the proxy: what came from the client, and what was opened to the node for it."""

    def __init__(self, client: asyncio.StreamWriter, node: asyncio.StreamWriter | None = None) -> None:
        self.client, self.node = client, node
        self.asked = b""  # what the client has sent since the last answer

    def reset(self) -> None:
        """Cut both ends off as a crash would: the other side sees a reset."""
        for end in (self.client, self.node):
            if end is not None:
                with suppress(OSError):
                    end.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
                end.transport.abort()


class Proxy:
    """Forwards TCP from a port of its own on loopback to a node. All settings may be changed while it runs.

    `delay`: seconds that each chunk is late in each direction. `silent`: connections are taken and bytes vanish, as
    behind a network that is half open. `refusing`: connections are reset as they come. `lose_answers`: so many of the
    next chunks that the node sends reset the connection in place of coming through: what was asked has arrived. With
    `only` it is answers to requests for that address.
    `connections` counts those that were taken, `bytes` what was forwarded.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self._node = (parts.hostname, parts.port)
        self.delay = 0.0
        self.silent = self.refusing = False
        self.lose_answers, self.only = 0, ""
        self.connections = self.bytes = self.lost = 0
        self._pairs: set[_Pair] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def aim(self, url: str) -> None:
        """Forward new connections to another node."""
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        self._node = (parts.hostname, parts.port)

    def reset(self) -> int:
        """Cut off all connections that there are; how many."""
        return self._in_loop(self._reset)

    def cut(self) -> None:
        """Cut off all connections and take no more until `heal`."""
        self.refusing = True
        self.reset()

    def half_open(self) -> None:
        """Let bytes vanish from now on, on the connections that there are and on new ones."""
        self.silent = True

    def heal(self) -> None:
        """Forward again. Connections that were silent are cut off: nobody knows what is missing in them."""
        was_silent, self.silent, self.refusing, self.delay, self.lose_answers = self.silent, False, False, 0.0, 0
        if was_silent:
            self.reset()

    def close(self) -> None:
        """Cut off everything and free the port."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _in_loop(self, function: Callable[[], int]) -> int:
        async def call() -> int:
            return function()

        return asyncio.run_coroutine_threadsafe(call(), self._loop).result(10)

    def _reset(self) -> int:
        pairs = tuple(self._pairs)
        for pair in pairs:
            pair.reset()
        return len(pairs)

    async def _serve(self) -> asyncio.Server:
        return await asyncio.start_server(self._taken, "127.0.0.1", 0)

    async def _end(self) -> None:
        self._server.close()
        self._reset()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        pair = _Pair(writer)
        self._pairs.add(pair)
        self.connections += 1
        try:
            if self.refusing:
                pair.reset()
                return
            if self.silent:
                await reader.read(-1)
                return
            from_node, pair.node = await asyncio.open_connection(*self._node)
            await asyncio.gather(
                self._forward(reader, pair.node, pair, answers=False),
                self._forward(from_node, writer, pair, answers=True),
            )
        except OSError:
            pair.reset()
        except asyncio.CancelledError:
            pair.reset()  # the proxy ends; raised further, asyncio would only complain of it
        finally:
            self._pairs.discard(pair)
            for end in (pair.client, pair.node):
                if end is not None:
                    end.close()

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pair: _Pair, *, answers: bool
    ) -> None:
        while chunk := await reader.read(CHUNK):
            if self.delay:
                await asyncio.sleep(self.delay)
            if self.silent:
                continue
            if not answers:
                pair.asked += chunk
            if answers and self.lose_answers > 0 and self.only.encode() in pair.asked:
                self.lose_answers -= 1
                self.lost += 1
                pair.reset()
                return
            if answers:
                pair.asked = b""
            writer.write(chunk)
            await writer.drain()
            self.bytes += len(chunk)
        with suppress(OSError, RuntimeError):
            writer.write_eof()
