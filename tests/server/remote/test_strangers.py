"""What a desktop says when something else answers than the server that it knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from random import Random
from socket import create_server
from threading import Thread
from time import monotonic

import pytest

from workloom.adapters.remote.addresses import Nodes
from workloom.adapters.remote.asking import Asking
from workloom.adapters.remote.backend import RemoteBackend
from workloom.domain.errors import (
    BadInput,
    Disconnected,
    ServiceFailed,
    StorageUnreachable,
    TooOften,
    WorkloomError,
    WrongVersion,
)
from workloom.domain.site import SiteInfo
from workloom.wire import CALLS, MEDIA_PROBLEM, Info, Problem, encode, problem_of

HTML = "text/html; charset=utf-8"


@contextmanager
def answering(status: int, media_type: str, body: bytes, asked: list[float] | None = None) -> Iterator[str]:
    """Something that answers every request in the same way; its address. `asked` is told when it was."""
    when = [] if asked is None else asked

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def do_GET(self) -> None:
            when.append(monotonic())
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


def test_a_node_of_another_version_is_left_for_one_that_fits() -> None:
    refusal = encode(problem_of(WrongVersion("This desktop is newer than the server.", versions=(1,))))
    info = encode(Info(site=SiteInfo(title="Workloom"), now=datetime(2026, 11, 26, tzinfo=UTC)))
    with answering(426, MEDIA_PROBLEM, refusal) as older, answering(200, "application/json", info) as fitting:
        nodes = Nodes((older, fitting), Random(1))  # noqa: S311
        while nodes.current.calls != older:
            nodes.failed(nodes.current)
        asking = Asking(nodes)
        try:
            assert asking.info().site.title == "Workloom"
        finally:
            asking.close()


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


def test_who_is_told_to_wait_asks_again_later_and_gives_up_when_it_takes_too_long() -> None:
    def ask(wait: float) -> None:
        body = encode(problem_of(TooOften("Wait.", wait_seconds=wait)))
        with answering(429, MEDIA_PROBLEM, body, asked) as url:
            asking = Asking(Nodes((url,), Random(1)), patience=2.5)  # noqa: S311
            try:
                with pytest.raises(TooOften):
                    asking.call(CALLS["items.offers"], b"{}")
            finally:
                asking.close()

    asked: list[float] = []
    ask(30.0)
    assert len(asked) == 1
    asked.clear()
    ask(1.0)
    assert 1 < len(asked) <= 3
    assert all(later - earlier >= 1 for earlier, later in pairwise(asked))


LOST_DATABASE = problem_of(StorageUnreachable("The database does not answer."))
STOPS = problem_of(ServiceFailed("This node stops."), status=503)


@pytest.mark.parametrize(
    ("status", "problem", "may_have_arrived"), [(503, LOST_DATABASE, True), (504, None, True), (503, STOPS, False)]
)
def test_a_change_whose_outcome_the_node_does_not_know_waits_and_cannot_be_withdrawn(
    status: int, problem: Problem | None, may_have_arrived: bool
) -> None:
    body = encode(problem) if problem else b"Timeout"
    with answering(status, MEDIA_PROBLEM if problem else HTML, body) as url:
        asking = Asking(Nodes((url,), Random(1)))  # noqa: S311
        try:
            with pytest.raises(Disconnected) as told:
                asking.call(CALLS["items.execute"], b"{}", key="key-1")
        finally:
            asking.close()
    assert told.value.may_have_arrived is may_have_arrived
