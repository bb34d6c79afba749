"""A desktop's side of the event socket, as a test speaks it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.server.nodes import Client, Desk
from workloom.domain.events import Event
from workloom.wire import EVENTS_PATH, Ended, Hello, News, ServerFrame, Welcome, decode_server_frame, encode


class Socket:
    """One connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    def say(self, frame: object) -> Self:
        """Send a frame, or text and bytes as they are."""
        self.connection.send(frame if isinstance(frame, str | bytes) else encode(frame))
        return self

    def hear(self, timeout: float = 10.0) -> ServerFrame:
        """The next frame. TimeoutError."""
        return decode_server_frame(self.connection.recv(timeout))

    def welcome(self) -> Welcome:
        """The next frame, which welcomes."""
        frame = self.hear()
        assert isinstance(frame, Welcome), frame
        return frame

    def events(self, until: int, timeout: float = 10.0) -> list[Event]:
        """Everything that is told until there is nothing more up to a sequence."""
        found: list[Event] = []
        last = -1
        while last < until:
            frame = self.hear(timeout)
            assert isinstance(frame, News), frame
            found += frame.events
            last = frame.last
        return found

    def ended(self, timeout: float = 10.0) -> Ended:
        """The frame that says why the server closes; what comes before is passed over."""
        while True:
            frame = self.hear(timeout)
            if isinstance(frame, Ended):
                return frame

    def close_code(self) -> int:
        """With which code the server closes, after whatever it still says."""
        with suppress(ConnectionClosed):
            while True:
                self.connection.recv(10.0)
        assert self.connection.close_code is not None
        return self.connection.close_code


@contextmanager
def open_socket(node: Client, path: str = EVENTS_PATH, **headers: str) -> Iterator[Socket]:
    """A socket on which nothing was said yet."""
    address = node.url.replace("http", "ws", 1) + path
    with connect(address, additional_headers=headers, open_timeout=10, close_timeout=2, proxy=None) as connection:
        yield Socket(connection)


@contextmanager
def listening(node: Client, desk: Desk, after: int | None = None) -> Iterator[Socket]:
    """A socket that was welcomed."""
    with open_socket(node) as socket:
        socket.say(Hello(version=1, token=desk.token, after=after)).welcome()
        yield socket
