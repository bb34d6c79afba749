"""A small HTTP client for one node: what measures must not cost more than what is measured."""

import asyncio
from typing import Final
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
        self.url = url
        self._host, self._port = parts.hostname, parts.port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._room = asyncio.Semaphore(MOST_CONNECTIONS)

    async def call(self, call: Call, token: str, *given: object, key: str = "", **named: object) -> object:
        """The result of one call. Failed; OSError."""
        body = call.encode_arguments(*given, **named)
        extra = f"{KEY_HEADER}: {key}\r\n" if key else ""
        head = (
            f"POST {call.path} HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {token}\r\n{extra}"
            f"{VERSION_HEADER}: {VERSION}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        async with self._room:
            return call.decode_result(await asyncio.wait_for(self._ask(head.encode() + body), PATIENCE))

    async def _ask(self, request: bytes) -> bytes:
        """On a connection that stands; on a new one where the node has let go of it meanwhile."""
        while self._idle:
            try:
                return await self._ask_on(*self._idle.pop(), request)
            except (asyncio.IncompleteReadError, ConnectionError):
                continue
        return await self._ask_on(*await asyncio.open_connection(self._host, self._port), request)

    async def _ask_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
        try:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status, length = _parsed(head)
            body = await reader.readexactly(length)
        except BaseException:
            writer.close()
            raise
        self._idle.append((reader, writer))
        if status != 200:
            raise Failed(body.decode(errors="replace")[:300])
        return body

    def close(self) -> None:
        """Let go of the connections."""
        for _, writer in self._idle:
            writer.close()


def _parsed(head: bytes) -> tuple[int, int]:
    lines = head.split(b"\r\n")
    length = next(int(line[15:]) for line in lines if line[:15].lower() == b"content-length:")
    return int(lines[0].split(b" ")[1]), length
