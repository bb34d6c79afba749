"""A small HTTP client for one node: what measures must not cost more than what is measured."""

import asyncio
from typing import Final, cast
from urllib.parse import urlsplit

from workloom.wire import KEY_HEADER, VERSION, VERSION_HEADER, Call

MOST_CONNECTIONS: Final = 24
PATIENCE: Final = 15.0


class Failed(Exception):
    """The answer was no 200; the text is its body."""


class Http:
    """Keeps some connections open and makes one request at a time on each."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        self.url, self.host, self.port = url, parts.hostname, parts.port
        self._idle: list[Connection] = []
        self._room = asyncio.Semaphore(MOST_CONNECTIONS)

    async def call(self, call: Call, token: str, *given: object, key: str = "", **named: object) -> object:
        """The result of one call. Failed; OSError, TimeoutError."""
        body = call.encode_arguments(*given, **named)
        extra = f"{KEY_HEADER}: {key}\r\n" if key else ""
        head = (
            f"POST {call.path} HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {token}\r\n{extra}"
            f"{VERSION_HEADER}: {VERSION}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        async with self._room:
            return call.decode_result(await self._ask(head.encode() + body))

    async def _ask(self, request: bytes) -> bytes:
        """On a connection that stands; on a new one where the node has let go of it meanwhile."""
        while self._idle:
            connection = self._idle.pop()
            if connection.stands:
                try:
                    return await self._ask_on(connection, request)
                except ConnectionError:
                    continue
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, self.host, self.port)
        return await self._ask_on(connection, request)

    async def _ask_on(self, connection: "Connection", request: bytes) -> bytes:
        try:
            async with asyncio.timeout(PATIENCE):
                status, body = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        if status != 200:
            raise Failed(body.decode(errors="replace")[:300])
        return body

    def close(self) -> None:
        """Let go of the connections."""
        for connection in self._idle:
            connection.close()


class Connection(asyncio.Protocol):
    """Answers with a length, one after the other."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._got = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.stands = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport, self.stands = cast("asyncio.Transport", transport), True

    def connection_lost(self, exc: Exception | None) -> None:
        self.stands = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("the node has hung up"))

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._got[:end].lower()
        at = head.index(b"content-length:") + 15
        length = int(head[at:].split(b"\r\n", 1)[0])
        if len(self._got) >= end + 4 + length and self._answer is not None and not self._answer.done():
            self._answer.set_result((int(head[9:12]), self._got[end + 4 : end + 4 + length]))
            self._got = b""

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and body."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()
