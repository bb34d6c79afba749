"""Nodes for tests: real ones on a real port, in a thread of the test or as a process of their own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Thread
from time import monotonic, sleep
from typing import Any, Final, Self

import httpx2

from tests.contract.engine.office import PASSWORD
from workloom.adapters.passwords import Argon2Passwords
from workloom.bootstrap.server import Node
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.presence import LoginPlan
from workloom.domain.site import Site
from workloom.server.running import serve
from workloom.server.settings import ServerSettings
from workloom.wire import CALLS, KEY_HEADER, Problem, decode, error_of

PATIENCE: Final = 20.0
"""Seconds after which a test gives up on a node."""


class Desk:
    """A logged-in desktop that calls over HTTP, as the remote backend does."""

    def __init__(self, http: httpx2.Client, session: str, token: str) -> None:
        self.http = http
        self.session = session
        self.token = token

    def call(self, name: str, *given: object, key: str = "", **named: object) -> Any:
        """The result of one call. Raises the error that the server has sent."""
        call = CALLS[name]
        headers = {"Authorization": f"Bearer {self.token}", **({KEY_HEADER: key} if key else {})}
        answer = self.http.post(call.path, content=call.encode_arguments(*given, **named), headers=headers)
        return call.decode_result(checked(answer))


def checked(answer: httpx2.Response) -> bytes:
    """The body of a good answer. Raises the error of a bad one."""
    if answer.status_code != 200:
        raise error_of(problem_in(answer))
    return answer.content


def problem_in(answer: httpx2.Response) -> Problem:
    """The problem that an answer is."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem: Problem = decode(Problem, answer.content)
    assert problem.status == answer.status_code
    return problem


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait, within bounds, for what another thread or process does."""
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end, "it did not come to it"
        sleep(0.02)


class Client:
    """Speaks to one node."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx2.Client(base_url=url, timeout=PATIENCE)

    def log_in(self, user: str, *channels: str, password: str = PASSWORD) -> Desk:
        """Both steps of the login; without names on all channels of the login page."""
        return self.enter(self.plan(user, password), *channels)

    def plan(self, user: str, password: str = PASSWORD) -> LoginPlan:
        """Step 1."""
        call = CALLS["authenticate"]
        plan: LoginPlan = call.decode_result(
            checked(self.http.post(call.path, content=call.encode_arguments(user, password)))
        )
        return plan

    def enter(self, plan: LoginPlan, *channels: str) -> Desk:
        """Step 2."""
        second = CALLS["log_in"]
        chosen = channels or tuple(choice.media_type for choice in plan.channels)
        body = second.encode_arguments(plan.ticket, channels=chosen)
        entered = second.decode_result(checked(self.http.post(second.path, content=body)))
        return Desk(self.http, entered.session, entered.token)

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()


class ServedNode(Client):
    """A node in a thread of this process. Its engine is at hand for what no desktop can do."""

    def __init__(self, node: Node) -> None:
        self.node = node
        ports: Queue[int] = Queue()
        self.server = node.server(ports.put)
        node.start()
        self._thread = Thread(target=serve, args=(self.server, node.settings), name="node", daemon=True)
        self._thread.start()
        super().__init__(f"http://127.0.0.1:{ports.get(timeout=PATIENCE)}")

    def apply(self, site: Site) -> None:
        """Put a site in force; everybody has the same password."""
        self.node.engine.configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))

    def submit(self, item: str, *, queue: str = "shelf", **more: Any) -> str:
        """A new item; returns its id."""
        now = datetime.now(UTC)
        row = Interaction(
            **{
                "id": item,
                "tenant": "default",
                "media_type": "claim",
                "queue": queue,
                "received_at": now,
                "submitted_at": now,
                "placed_at": now,
                "queue_since": {queue: now},
                "attached": {"City": "Graz"},
                **more,
            }
        )
        with self.node.engine.store.transaction() as transaction:
            transaction.items.insert(row)
            transaction.events.append([Event(at=now, kind=EventKind.SUBMITTED, item=item, queue=queue)])
        return item

    def close(self) -> None:
        """Stop as a signal would."""
        super().close()
        self.server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the node does not stop"
        self.node.stop()


@contextmanager
def served(data: Path, site: Site | None, **settings: Any) -> Iterator[ServedNode]:
    """A node on a data folder, or on the database of the settings, with this site; None = that which is there."""
    given = ServerSettings(port=0, **settings)
    node = Node(given, data, hasher=Argon2Passwords(cheap=True))
    if site is not None:
        node.engine.configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))
    running = ServedNode(node)
    try:
        yield running
    finally:
        running.close()


class NodeProcess:
    """`workloom server` as its own process."""

    def __init__(self, data: Path, settings: Mapping[str, object], *arguments: str) -> None:
        variables = {f"WORKLOOM_SERVER_{name.upper()}": str(value) for name, value in settings.items()}
        command = [sys.executable, "-m", "workloom", "--data", str(data), "server", *arguments]
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "WORKLOOM_SERVER_PORT": "0", **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def url(self) -> str:
        """The address, once it listens."""
        assert self.process.stdout is not None
        return str(json.loads(self.process.stdout.readline())["url"])

    def end(self) -> tuple[int, str]:
        """Ask it to stop; exit code and what it logged."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> tuple[int, str]:
        """Wait for its end; exit code and what it logged."""
        _said, logged = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, logged

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate(timeout=PATIENCE)
