"""The socket of one agent: WebSocket frames as they come, read as cheaply as can be, for thousands in one process."""

import asyncio
import os
import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from typing import cast

from workloom.domain.events import Event, EventKind
from workloom.wire import VERSION, Ended, Hello, News, Welcome, decode_server_frame, encode
from workloom.wire.protocol import EVENTS_PATH

_PACKED = b"x"


class Socket(asyncio.Protocol):
    """`offered` hears of each offer to the agent when its bytes have come; `ended` fails when the node hangs up."""

    def __init__(self, name: str, token: str, offered: Callable[[Event], None]) -> None:
        loop = asyncio.get_running_loop()
        self._name, self._token, self._offered = name, token, offered
        self._mine = re.compile(rb'"kind":"offered"[^{}]*"person":"' + re.escape(name.encode()) + rb'"')
        self._transport: asyncio.Transport | None = None
        self._got = bytearray()
        self._shaken = False
        self.greeted: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[str] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        key = b64encode(os.urandom(16)).decode()
        self._transport.write(
            f"GET {EVENTS_PATH} HTTP/1.1\r\nHost: node\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Authorization: Bearer {self._token}\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def connection_lost(self, exc: Exception | None) -> None:
        self._end("the connection is lost")

    def data_received(self, data: bytes) -> None:
        self._got += data
        if not self._shaken:
            head, end, rest = bytes(self._got).partition(b"\r\n\r\n")
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self._end(head.decode(errors="replace")[:80])
                return
            self._shaken, self._got = True, bytearray(rest)
            self._say(0x1, encode(Hello(version=VERSION, packed=True)))
        at = 0
        while (frame := _frame(self._got, at)) is not None:
            opcode, begin, at = frame
            self._take(opcode, bytes(self._got[begin:at]))
        del self._got[:at]

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == 0x9:
            self._say(0xA, payload)
        elif opcode == 0x8:
            self._end(f"the node has closed: {payload[2:80].decode(errors='replace')}")
        elif not self.greeted.done():
            self._greet(decode_server_frame(payload))
        elif payload.startswith(_PACKED):
            for event in _offers(payload).get(self._name, ()):
                self._offered(event)
        elif self._mine.search(payload):
            for event in _offered(payload):
                if event.person == self._name:
                    self._offered(event)
        elif payload.startswith(b'{"type":"ended"'):
            ended = decode_server_frame(payload)
            self._end(ended.problem.detail if isinstance(ended, Ended) else "ended")

    def _greet(self, frame: object) -> None:
        if isinstance(frame, Welcome):
            self.greeted.set_result(None)
        else:
            self._end(f"the node did not greet: {frame}")

    def _end(self, why: str) -> None:
        for waiting in (self.greeted, self.ended):
            if not waiting.done():
                waiting.set_exception(OSError(why))

    def _say(self, opcode: int, payload: bytes) -> None:
        """A frame of a client: masked, with zeros."""
        assert self._transport is not None
        assert len(payload) < 126, "nothing longer is said"
        self._transport.write(bytes((0x80 | opcode, 0x80 | len(payload), 0, 0, 0, 0)) + payload)


def _frame(got: bytearray, at: int) -> tuple[int, int, int] | None:
    """Opcode, begin and end of the payload of the frame that begins at `at`; None while it is not complete."""
    if len(got) < at + 2:
        return None
    opcode, length, begin = got[at] & 0xF, got[at + 1], at + 2
    if length >= 126:
        begin += 2 if length == 126 else 8
        length = int.from_bytes(got[at + 2 : begin], "big")
    return (opcode, begin, begin + length) if len(got) >= begin + length else None


def _offered(payload: bytes) -> list[Event]:
    frame = decode_server_frame(payload)
    return [event for event in frame.events if event.kind is EventKind.OFFERED] if isinstance(frame, News) else []


@lru_cache(maxsize=16)
def _offers(payload: bytes) -> dict[str, list[Event]]:
    """Offers by agent. What many agents hear is read once: in the field each has a computer of its own for it."""
    found: dict[str, list[Event]] = {}
    for event in _offered(payload):
        found.setdefault(event.person, []).append(event)
    return found
