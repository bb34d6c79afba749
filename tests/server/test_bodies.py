"""Bodies of requests: what anybody may send is small and must come in time; the rest needs a good token first."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.engine.office import site
from tests.server.nodes import ServedNode, served
from workloom.server.request import FOR_ANYBODY
from workloom.wire import CALLS

BULK = "/api/v1/capture/door/bulk"
CALL = CALLS["items.execute"].path


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedNode]:
    with served(tmp_path_factory.mktemp("node"), site(), body_patience=0.5) as running:
        yield running


@contextmanager
def _begun(node: ServedNode, path: str, *headers: str) -> Iterator[socket.socket]:
    """A connection on which the head of a request was sent, and nothing of its body."""
    at = urlsplit(node.url)
    assert at.hostname
    assert at.port
    head = [f"POST {path} HTTP/1.1", "Host: here", "Content-Type: application/json", *headers, "", ""]
    with socket.create_connection((at.hostname, at.port), timeout=10) as connection:
        connection.sendall("\r\n".join(head).encode())
        yield connection


def _status(connection: socket.socket) -> int:
    return int(connection.recv(65_536).split()[1])


@pytest.mark.parametrize("length", [f"Content-Length: {FOR_ANYBODY + 1}", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("path", [CALL, BULK])
@pytest.mark.parametrize(
    "token", ["Accept: */*", "Authorization: Bearer nobody", "Authorization: Bearer client-token-x"]
)
def test_nothing_large_is_read_of_somebody_unknown(node: ServedNode, path: str, length: str, token: str) -> None:
    with _begun(node, path, length, token) as connection:
        assert _status(connection) == 401


def test_a_login_of_more_than_anybody_may_send_is_refused_before_it_comes(node: ServedNode) -> None:
    with _begun(node, CALLS["authenticate"].path, f"Content-Length: {FOR_ANYBODY + 1}") as connection:
        assert _status(connection) == 413


@pytest.mark.parametrize("path", [CALL, BULK, CALLS["authenticate"].path])
def test_a_body_that_does_not_come_ends_the_connection(node: ServedNode, path: str) -> None:
    with _begun(node, path, "Content-Length: 1000") as connection:
        connection.sendall(b"{")
        assert _status(connection) == 408
        assert connection.recv(1) == b""


def test_who_is_known_sends_as_much_as_the_setting_says(tmp_path: Path) -> None:
    with served(tmp_path, site(), largest_body=200_000) as node:
        desk = node.log_in("ann")
        headers = {"Authorization": f"Bearer {desk.token}"}
        for size, status in ((190_000, 400), (210_000, 413)):
            assert node.http.post(CALL, content=b" " * size, headers=headers).status_code == status


@pytest.mark.parametrize("said", [b"", b"POST /desktop/v1/info HTTP/1.1\r\nHost:"])
def test_a_connection_on_which_nobody_asks_anything_is_ended(node: ServedNode, said: bytes) -> None:
    at = urlsplit(node.url)
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as connection:
        connection.sendall(said)
        assert connection.recv(1) == b""


def test_a_head_that_stops_in_a_further_request_ends_the_connection(node: ServedNode) -> None:
    at = urlsplit(node.url)
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as connection:
        for _turn in range(2):
            connection.sendall(b"GET /health HTTP/1.1\r\nHost: here\r\n\r\n")
            assert _status(connection) == 200
        connection.sendall(b"GET /health HTTP/1.1\r\nHost:")
        assert connection.recv(1) == b""
