"""A backend that was written before a function of the services came: it works on, and what needs it is hidden."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QLabel, QPushButton

from tests.architecture.sources import ROOT
from workloom.api import NotAllowed, OptionLayer, offers, privileges
from workloom.plugin_manager.discovery import Candidate
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom_inspector.views.options import OptionsView

FROZEN = ROOT / "tests" / "frozen" / "level-1" / "acme_desk"
MAY = (privileges.ADMIN_CHANGE, "Can Inspect Plugins")


@pytest.fixture
def plugins_under_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Candidate, ...]]:
    """The backend as it was, for agents who may change the configuration, and the inspector."""
    monkeypatch.syspath_prepend(str(FROZEN))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    services = importlib.import_module("acme_desk.services")
    monkeypatch.setattr(services, "PRIVILEGES", services.PRIVILEGES | {*MAY})
    yield Candidate("acme_desk", "acme_desk"), Candidate("inspector", "workloom_inspector")
    for name in [name for name in sys.modules if name.partition(".")[0] == "acme_desk"]:
        del sys.modules[name]


@pytest.fixture
def backend_address(tmp_path: Path) -> str:
    """A system of its own."""
    return f"acme-desk://{tmp_path.name}"


def test_a_function_that_came_later_is_refused_in_words_without_a_fault(desktop: HeadlessDesktop, agent: Agent) -> None:
    configuration = agent.services.configuration
    assert not offers(configuration.set_option)
    assert offers(configuration.options)
    with pytest.raises(NotAllowed, match=r"does not offer “configuration\.set_option”: it was written for an older"):
        configuration.set_option("desktop.language", "de", OptionLayer())
    assert desktop.faults() == ()


def test_what_needs_it_is_hidden_from_who_may_do_it(desktop: HeadlessDesktop, agent: Agent) -> None:
    view = agent.view("inspector.options")
    assert isinstance(view, OptionsView)
    agent.until("the options", lambda: bool(view.options()))
    view.editor.show_option(view.options()[0])
    said = [label.text() for label in view.editor.findChildren(QLabel)]
    assert "It cannot be set from the desktop. Set it in the system that the desktop works on." in said
    assert view.editor.findChild(QPushButton, "option.apply") is None
    assert desktop.faults() == ()
