"""The bad network of the tests does to connections what it says."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from tests.server.proxy import Proxy


class Echo:
    """Sends back what it gets."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.got = b""
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            try:
                while chunk := connection.recv(100):
                    self.got += chunk
                    connection.sendall(chunk)
            except OSError:
                return

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def echo() -> Iterator[Echo]:
    echo = Echo()
    yield echo
    echo.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with Proxy(echo.url) as proxy:
        yield proxy


def connected(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), 5)


def test_it_forwards_and_counts(proxy: Proxy) -> None:
    with connected(proxy) as client:
        client.sendall(b"hello")
        assert client.recv(10) == b"hello"
    assert proxy.connections == 1


def test_a_reset_is_seen_as_one(proxy: Proxy) -> None:
    with connected(proxy) as client:
        client.sendall(b"hello")
        client.recv(10)
        assert proxy.reset() == 1
        with pytest.raises(ConnectionResetError):
            client.recv(10)


def test_behind_a_half_open_network_nothing_comes_and_nothing_is_said(proxy: Proxy, echo: Echo) -> None:
    with connected(proxy) as client:
        client.sendall(b"1")
        client.recv(10)
        proxy.half_open()
        client.settimeout(0.3)
        client.sendall(b"2")
        with pytest.raises(TimeoutError):
            client.recv(10)
    assert echo.got == b"1"
    proxy.heal()
    with connected(proxy) as client:
        client.sendall(b"3")
        assert client.recv(10) == b"3"


def test_a_lost_answer_was_asked_all_the_same(proxy: Proxy, echo: Echo) -> None:
    proxy.lose_answers = 1
    with connected(proxy) as client:
        client.sendall(b"x")
        with pytest.raises(ConnectionResetError):
            client.recv(10)
    assert echo.got == b"x"
    assert proxy.lost == 1


def test_what_is_cut_takes_nobody_until_it_heals(proxy: Proxy) -> None:
    proxy.cut()
    with pytest.raises(ConnectionResetError), connected(proxy) as client:  # at once, or when it is used
        client.recv(10)
    proxy.heal()
    with connected(proxy) as client:
        client.sendall(b"x")
        assert client.recv(10) == b"x"
