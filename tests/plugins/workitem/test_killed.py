"""A desktop that is killed while somebody types: the item is where the policy says, and what was typed comes back."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from PyQt6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from tests.plugins.workbin.desks import OpenDesk
from tests.plugins.workitem import typist
from tests.plugins.workitem.panes import ITEM, SUBJECT, Pane, put_item
from workloom.api import Site, State
from workloom.bootstrap.engine import Engine

# Three starts of a desktop, one of them as a process of its own.
pytestmark = pytest.mark.timeout(180)

LOST = 1.0
"""Seconds that may be lost at most."""

TYPING = 2.5
LONGEST = 45.0


class Typed:
    """What stood in the field and in the note when the process was killed, and what did a second before."""

    def __init__(self, lines: list[tuple[float, str, str]], killed_at: float) -> None:
        early = [line for line in lines if line[0] <= killed_at - LOST]
        self.room, self.note = lines[-1][1:]
        self.room_before, self.note_before = early[-1][1:]

    def came_back(self, room: str, note: str) -> None:
        """At most a second of it is missing."""
        for found, least, most in ((room, self.room_before, self.room), (note, self.note_before, self.note)):
            assert found.startswith(least), f"“{found}” has lost more than a second of “{most}”"
            assert found.startswith(most) or most.startswith(found)


def type_and_kill(data: Path, *how: str) -> Typed:
    """Let somebody type in a process of its own, and kill that."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", typist.__name__, str(data), *how]
    lines: list[tuple[float, str, str]] = []
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        until = time.monotonic() + LONGEST
        while not lines or lines[-1][0] - lines[0][0] < TYPING:
            line = process.stdout.readline()
            assert line, f"the desktop has ended: {process.stderr.read() if process.stderr else ''}"
            assert time.monotonic() < until, "nothing was typed in time"
            lines.append(tuple(json.loads(line)))
    finally:
        killed_at = time.time()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=10)
    return Typed(lines, killed_at)


def with_offer(engine: Engine) -> None:
    """An item that Lena is offered."""
    put_item(engine, {"Room": "12"}, kind="incident", queue="servicedesk")


def policy(lost_agent: str) -> Callable[[Site], Site]:
    """Where the items of a lost agent go."""

    def change(site: Site) -> Site:
        incidents = replace(site.media_types["incident"], lost_agent=lost_agent)
        plain = {name: replace(strategy, overrides=()) for name, strategy in site.strategies.items()}
        return replace(site, media_types={**site.media_types, "incident": incidents}, strategies=plain)

    return change


class Killed:
    """The data after the kill."""

    def __init__(self, open_desk: OpenDesk, data: Path) -> None:
        self._open_desk, self._data = open_desk, data

    def log_in(self, lost_agent: str, *how: str) -> tuple[Pane, Typed]:
        """Type, kill, start again and log in. At the start of the one engine whoever was logged in is lost at once."""
        typed: list[Typed] = []

        def prepare(engine: Engine) -> None:
            with_offer(engine)
            engine.stop()
            typed.append(type_and_kill(self._data, *how))

        return Pane(self._open_desk(change=policy(lost_agent), prepare=prepare)), typed[0]


@pytest.fixture
def killed(open_desk: OpenDesk, tmp_path: Path) -> Killed:
    """Before the kill."""
    return Killed(open_desk, tmp_path / "data")


def texts(pane: Pane) -> tuple[str, str]:
    return pane.child(QLineEdit, "case.Room").text(), pane.child(QPlainTextEdit, "notes.area").toPlainText()


def test_by_the_policy_stay_the_item_is_open_again_with_what_was_typed(killed: Killed) -> None:
    pane, typed = killed.log_in("stay")
    kept = pane.notice("1 draft was kept")
    assert kept.text == f"“{SUBJECT}”. It is open. What you had typed is there when you open the item."
    assert kept.run is not None
    kept.run()
    pane.ready()
    typed.came_back(*texts(pane))
    assert pane.record.attached["Room"] == "12"
    assert pane.text("case.status") == "Kept from before, not saved yet"
    assert pane.text("notes.status") == "Draft kept from before"
    pane.child(QPushButton, "save.save").click()
    pane.wait(lambda: pane.record.attached["Room"] == texts(pane)[0])
    pane.wait(lambda: list(pane.desk.desk.session.drafts.of(ITEM)) == ["note"])


def test_by_default_the_item_rests_in_the_in_progress_workbin_and_gives_it_back_there(killed: Killed) -> None:
    pane, typed = killed.log_in("")
    record = pane.record
    assert (record.state, record.workbin, record.workbin_owner) == (State.IN_WORKBIN, "in-progress", "lena")
    kept = pane.notice("1 draft was kept")
    assert "It rests here: your workbin “In progress”." in kept.text
    assert kept.run is not None
    kept.run()
    pane.ready()
    typed.came_back(*texts(pane))
    pane.child(QPushButton, "save.discard").click()
    assert texts(pane)[0] == "12"
    pane.wait(lambda: list(pane.desk.desk.session.drafts.of(ITEM)) == ["note"])


def test_by_the_policy_queue_it_is_offered_again_and_the_drafts_wait_for_who_typed_them(killed: Killed) -> None:
    pane, typed = killed.log_in("queue")
    desk = pane.desk
    pane.wait(lambda: desk.desk.offers.stack.toasts)
    drafts = desk.desk.session.drafts.of(ITEM)
    typed.came_back(drafts["case:Room"], drafts["note"])
    desk.desk.offers.accept_oldest()
    pane.wait(lambda: desk.desk.session.known.open_row(ITEM))
    desk.desk.open_item(ITEM)
    pane.ready()
    typed.came_back(*texts(pane))


def test_a_field_that_was_emptied_and_not_saved_comes_back_empty(killed: Killed) -> None:
    pane, typed = killed.log_in("stay", "empty")
    assert typed.room == ""
    kept = pane.notice("1 draft was kept")
    assert kept.run is not None
    kept.run()
    pane.ready()
    pane.wait(lambda: texts(pane)[0] == "")
    assert pane.record.attached["Room"] == "12"
    assert pane.text("case.status") == "Kept from before, not saved yet"
    pane.child(QPushButton, "save.discard").click()
    assert texts(pane)[0] == "12"
    pane.type("Room", "")
    pane.leave("Room")
    pane.wait(lambda: "Room" not in pane.record.attached)
    pane.wait(lambda: list(pane.desk.desk.session.drafts.of(ITEM)) == ["note"])
