"""How long something has lasted goes on by the second while it is said in seconds, and costs nothing afterwards."""

from datetime import datetime

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QLabel, QWidget

from workloom.shell.kit.table import Table
from workloom.shell.window import workspace
from workloom.testing import Office
from workloom.testing.desktop import Agent
from workloom_contact_history.views.main import HistoryView

SOON = 4.0
"""Seconds; much less than the time between two looks while only minutes are shown."""


def test_the_time_with_the_agent_goes_on_by_the_second(agent: Agent, office: Office) -> None:
    office.submit(subject="Hail")
    office.step()
    agent.accept()
    group = agent.named(QLabel, "item.state").parentWidget()
    assert group is not None
    agent.until("no second", lambda: "0 s" in agent.texts(group))
    for seconds, said in ((7, "7 s"), (2, "9 s"), (51, "1 min")):
        office.advance(seconds)
        agent.until(said, lambda said=said: said in agent.texts(group), SOON)  # type: ignore[misc]


def test_seconds_are_shown_and_not_read_aloud(agent: Agent, office: Office) -> None:
    status = agent.named(QWidget, "status-button")
    assert status.accessibleName() == "Ann, Ready, change status"
    office.advance(120)
    agent.until("minutes", lambda: status.accessibleName() == "Ann, Ready · 2 min, change status", SOON)


def test_nothing_is_said_anew_by_the_second_when_only_minutes_are_shown(agent: Agent, office: Office) -> None:
    looks: list[datetime] = []
    agent.desk.workspace.on_clock(looks.append)
    agent.let_work(2.4)
    assert len(looks) >= 2  # the state has just begun
    office.advance(120)
    agent.let_work(1.4)
    looks.clear()
    agent.let_work(1.4)
    assert looks == []


def test_a_list_says_a_row_anew_as_long_as_its_time_is_in_seconds(agent: Agent, office: Office) -> None:
    office.submit(subject="Hail")
    office.step()
    agent.accept()
    view = agent.view("contact-history.mine")
    assert isinstance(view, HistoryView)
    table = view.table.widget
    assert isinstance(table, Table)

    def said() -> str:
        row = table.row_at(0)
        return row.cells["WhereItIs"].text if row is not None else ""

    agent.until("the row", lambda: said() == "With you, 0 s")
    for seconds, words in ((7, "With you, 7 s"), (2, "With you, 9 s"), (51, "With you, 1 min")):
        office.advance(seconds)
        agent.until(words, lambda words=words: said() == words, SOON)  # type: ignore[misc]
    assert view.feed.aging(office.clock.now()) == []


def test_times_go_on_after_something_has_failed_to_say_them(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "MINUTE_HAND", 50)
    looks: list[datetime] = []
    agent.desk.workspace.on_clock(looks.append)
    failing = [True]

    def fail(_now: datetime) -> None:
        if len(looks) > 1 and failing:
            failing.clear()
            raise LookupError

    agent.desk.workspace.on_clock(fail)
    for clock in agent.desk.workspace.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly):
        clock.stop()  # as it is when the clock itself has called
    with pytest.raises(LookupError):
        agent.desk.workspace.refresh()
    looks.clear()
    agent.until("another look", lambda: bool(looks), SOON)
