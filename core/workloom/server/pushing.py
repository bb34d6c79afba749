"""The WebSocket of uvicorn with a shorter way out: a frame that many get is made once and written to each transport.

The way through the application (a task for each connection, an encoder for each frame) costs several times more; what a
connection is behind is seen in the buffer of its transport, so that nothing else need wait for it.
"""

from typing import TYPE_CHECKING, Final, Protocol, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveEvent

EXTENSION: Final = "workloom.push"
"""Key of the `Line` in `scope["extensions"]`."""

ENDED: Final = "workloom.ended"
"""Type of the message that the application receives when its line was ended from elsewhere."""

_BINARY: Final = 0x82  # final frame, opcode binary


class Line(Protocol):
    """One connection, as those see it who have something for it. Not to be called from other threads."""

    def push(self, frame: bytes) -> int:
        """Write a whole WebSocket frame; how many bytes wait on this side now. -1: nothing can be written any more."""
        ...

    def wake(self) -> None:
        """Let the application receive a message of type `ENDED`."""
        ...

    def abort(self) -> None:
        """Drop the connection, and with it whatever waits."""
        ...


def binary_frame(payload: bytes) -> bytes:
    """The payload as a frame of a server: one piece, not masked, not compressed (RFC 6455, 5.2)."""
    length = len(payload)
    if length < 126:
        return bytes((_BINARY, length)) + payload
    if length < 65_536:
        return bytes((_BINARY, 126)) + length.to_bytes(2, "big") + payload
    return bytes((_BINARY, 127)) + length.to_bytes(8, "big") + payload


class PushProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol that is also a `Line`."""

    def handle_connect(self, event: Request) -> None:
        """The scope gets the line before the application begins."""
        super().handle_connect(event)
        if self.handshake_initiated and not self.close_sent:
            extensions: dict[str, object] = self.scope["extensions"]  # type: ignore[assignment]
            extensions[EXTENSION] = self

    def push(self, frame: bytes) -> int:
        """As of `Line`."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return -1
        self.transport.write(frame)
        return self.transport.get_write_buffer_size()

    def wake(self) -> None:
        """As of `Line`."""
        self.queue.put_nowait(cast("ASGIReceiveEvent", {"type": ENDED}))

    def abort(self) -> None:
        """As of `Line`."""
        self.transport.abort()
