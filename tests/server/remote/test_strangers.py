"""What a desktop says when something else answers than the server that it knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_server
from threading import Thread

import pytest

from workloom.adapters.remote.backend import RemoteBackend
from workloom.domain.errors import BadInput, Disconnected, ServiceFailed, WorkloomError, WrongVersion
from workloom.wire import MEDIA_PROBLEM, encode, problem_of

HTML = "text/html; charset=utf-8"


@contextmanager
def answering(status: int, media_type: str, body: bytes) -> Iterator[str]:
    """Something that answers every request in the same way; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "media_type", "body", "kind", "said"),
    [
        (200, HTML, b"<html>Welcome</html>", BadInput, "is no server of Workloom"),
        (200, "application/json", b'{"site": 7}', BadInput, "is no server of Workloom"),
        (404, HTML, b"Not found", ServiceFailed, "answers with status 404, which no server of Workloom does"),
        (502, HTML, b"Bad gateway", Disconnected, "cannot be reached"),
        (500, MEDIA_PROBLEM, b"{", ServiceFailed, "status 500"),
        (
            426,
            MEDIA_PROBLEM,
            encode(problem_of(WrongVersion("This desktop speaks version 1, the server 2 and 3.", versions=(2, 3)))),
            WrongVersion,
            "the server 2 and 3",
        ),
    ],
)
def test_each_is_told_in_a_sentence(
    status: int, media_type: str, body: bytes, kind: type[WorkloomError], said: str
) -> None:
    with answering(status, media_type, body) as url:
        backend = RemoteBackend((url,))
        try:
            with pytest.raises(kind, match=said) as told:
                backend.info()
        finally:
            backend.close()
    if isinstance(told.value, WrongVersion):
        assert told.value.versions == (2, 3)


def test_the_reason_why_nobody_answers_is_said() -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    backend = RemoteBackend((f"http://127.0.0.1:{port}",))
    try:
        with pytest.raises(
            Disconnected, match=rf"^The server cannot be reached\. 127\.0\.0\.1:{port}: Connection refused\.$"
        ):
            backend.info()
    finally:
        backend.close()
