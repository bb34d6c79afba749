"""kill -9 of a desktop on a server while actions wait: the next one sends each once, or says that it is not done."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree
from typing import Any, Self

import pytest

from tests.server.desktop import agent_process
from tests.server.desktop.agent_process import NOTES
from tests.server.nodes import NodeProcess, wait_until
from tests.server.proxy import Proxy
from tests.shell.test_kept_changes import kept
from workloom.adapters.postgres.store import PostgresStore
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.demo import start_from_demo
from workloom.bootstrap.demo_capture import import_demo
from workloom.bootstrap.engine import engine_on
from workloom.domain.events import EventKind
from workloom.services.ports import Store

# A node, and two or three desktops one after the other, each a process of its own.
pytestmark = pytest.mark.timeout(400)

ALL = len(NOTES) + 1
"""Actions of the agent."""

EXECUTE = "/desktop/v1/items/execute"


class DesktopProcess:
    """The desktop of `agent_process.py`."""

    def __init__(self, data: Path, url: str, *how: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WORKLOOM_SERVER": url}
        self._process = subprocess.Popen(
            [sys.executable, "-m", agent_process.__name__, str(data), *how],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def said(self) -> dict[str, Any]:
        """Its next line."""
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        line = self._process.stdout.readline()
        assert line, f"the desktop has ended: {self._process.stderr.read()}"
        read: dict[str, Any] = json.loads(line)
        return read

    def act(self) -> None:
        """Let the agent do what waits then."""
        assert self._process.stdin is not None
        self._process.stdin.write("act\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """As the system does it that has no memory left."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.communicate(timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()


class Place:
    """A node as a process with the demo's work, a network before it, and the folder of a desktop."""

    def __init__(self, store: Store, proxy: Proxy, desk: Path) -> None:
        self._store, self.proxy, self.desk = store, proxy, desk

    def desktop(self, *how: str) -> DesktopProcess:
        """A desktop that works there."""
        return DesktopProcess(self.desk, self.proxy.url, *how)

    def happened(self, item: str) -> Counter[EventKind]:
        """How often what has happened to an item, at the node."""
        with self._store.reading() as reader:
            return Counter(event.kind for event in reader.events.of_item(item))

    def notes(self, item: str) -> list[str]:
        """The notes of an item at the node, in their order."""
        with self._store.reading() as reader:
            return [note.text for note in reader.notes.of_item(item)]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, demo_data: Path, tmp_path: Path) -> Iterator[Place]:
    data, settings = tmp_path / "data", {"person_rate": 0, "address_login_rate": 0, "socket_heartbeat": 0.5}
    with ExitStack() as stack:
        if request.param == "sqlite":
            copytree(demo_data, data)
            given: dict[str, object] = {**settings}
        else:
            given = {**settings, "database": request.getfixturevalue("database")}
            engine = engine_on(PostgresStore(str(given["database"])), exclusive=False)
            start_from_demo(engine.configuration)
            import_demo(engine.capture)
            engine.stop()
        node = stack.enter_context(NodeProcess(data, given))
        proxy = stack.enter_context(Proxy(node.url()))
        store: Store = (
            PostgresStore(str(given["database"])) if "database" in given else open_store(data, exclusive=False)
        )
        stack.callback(store.close)
        yield Place(store, proxy, tmp_path / "desk")


def killed_with_all_waiting(place: Place, *, answers_lost: bool) -> str:
    """The item of a desktop that was killed while all that the agent had done waited, or its answers were lost."""
    with place.desktop() as first:
        item: str = first.said()["item"]
        if answers_lost:
            place.proxy.only, place.proxy.lose_answers = EXECUTE, 1_000_000
        else:
            place.proxy.cut()
        first.act()
        wait_until(lambda: len(kept(place.desk)) == ALL)
    place.proxy.heal()
    return item


def each_was_sent_once_or_is_said(place: Place, item: str, notices: list[list[str]]) -> None:
    assert place.notes(item) == list(NOTES)
    happened = place.happened(item)
    assert happened[EventKind.NOTE_ADDED] == len(NOTES)
    told = [title for title, _text in notices if title == "Not possible now"]
    assert happened[EventKind.DONE] + len(told) == 1, notices
    wait_until(lambda: kept(place.desk) == [])  # it is written in the background


@pytest.mark.parametrize("answers_lost", [False, True], ids=["nothing arrived", "answers were lost"])
def test_what_waited_when_the_desktop_was_killed_is_sent_once(place: Place, answers_lost: bool) -> None:
    item = killed_with_all_waiting(place, answers_lost=answers_lost)
    assert place.happened(item)[EventKind.NOTE_ADDED] == answers_lost
    with place.desktop("again") as second:
        each_was_sent_once_or_is_said(place, item, second.said()["notices"])


def test_a_desktop_that_is_killed_again_while_it_sends_doubles_nothing(place: Place) -> None:
    item = killed_with_all_waiting(place, answers_lost=False)
    place.proxy.delay = 0.15
    with place.desktop("again"):
        wait_until(lambda: place.happened(item)[EventKind.NOTE_ADDED] > 0)
    sent = place.happened(item)[EventKind.NOTE_ADDED]
    assert sent < len(NOTES), "all was sent before the desktop was killed"
    place.proxy.heal()
    with place.desktop("again") as third:
        each_was_sent_once_or_is_said(place, item, third.said()["notices"])
