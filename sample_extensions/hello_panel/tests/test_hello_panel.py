"""The greeting, and the label that shows it."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hello_panel.greeting import greet
from hello_panel.plugin import HelloPanel
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from workloom.api import Person


class Kit:
    """Makes plain labels."""

    def label(self, text: str = "", role: str = "base") -> QLabel:
        """A label without style."""
        return QLabel(text)


class Agent:
    """A context of an agent with some open items; it answers at once."""

    kit = Kit()

    def __init__(self, first_name: str, open_items: int) -> None:
        self.open_items = open_items
        self.handlers: list[Callable[..., None]] = []
        me = Person(name="lena", employee_id="1", first_name=first_name)
        self.services: Any = SimpleNamespace(
            configuration=SimpleNamespace(me=lambda: me),
            items=SimpleNamespace(open_items=lambda: (None,) * self.open_items),
        )

    def read(self, function: Callable[[], str], then: Callable[[str], None]) -> None:
        """Ask and answer."""
        then(function())

    def subscribe(self, handler: Callable[..., None]) -> None:
        """Remember who wants to hear of events."""
        self.handlers.append(handler)


def manifest() -> dict[str, Any]:
    """What the extension says of itself."""
    return tomllib.loads(files("hello_panel").joinpath("plugin.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("first_name", "count", "said"),
    [
        ("Lena", 0, "Hello Lena, no open items"),
        ("Lena", 1, "Hello Lena, 1 open item"),
        ("", 5, "Hello lena, 5 open items"),
    ],
)
def test_the_greeting_names_the_agent_and_counts(first_name: str, count: int, said: str) -> None:
    assert greet(Agent(first_name, count).services) == said


def test_the_label_in_the_status_bar_follows_events(qtbot: QtBot) -> None:
    agent: Any = Agent("Lena", 1)
    (view,) = HelloPanel().views(agent)
    assert view.make is not None
    label = view.make()
    assert isinstance(label, QLabel)
    qtbot.addWidget(label)
    assert label.text() == "Hello Lena, 1 open item"
    agent.open_items = 2
    for handler in agent.handlers:
        handler(None)
    assert label.text() == "Hello Lena, 2 open items"


def test_the_view_stands_in_the_status_bar_as_the_manifest_says() -> None:
    agent: Any = Agent("Lena", 0)
    assert [(table["id"], table["region"]) for table in manifest()["view"]] == [("hello_panel.hello", "status-bar")]
    assert [view.id for view in HelloPanel().views(agent)] == ["hello_panel.hello"]


def test_the_manifest_and_the_distribution_tell_the_same() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert manifest()["version"] == project["version"]
    assert project["entry-points"]["workloom.plugins"] == {manifest()["id"]: "hello_panel"}
