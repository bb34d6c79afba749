"""What the test kit says where a test of a plugin is wrong."""

from collections.abc import Callable

import pytest

from workloom.api import BadInput, Notice
from workloom.plugin_manager.discovery import Candidate
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.desktop.person import NotSeen


@pytest.fixture
def plugins_under_test() -> tuple[Candidate, ...]:
    """None but the built-in ones."""
    return ()


def test_what_does_not_come_is_told_with_what_the_desktop_has_told_such_as_a_fault(
    agent: Agent, desktop: HeadlessDesktop
) -> None:
    agent.desk.workspace.board.show(Notice(title="Looked", text="For nothing."))
    desktop.plugins.guard.call("workbin", "view acme.panel", lambda: 1 / 0)
    agent.notice("view acme.panel")
    with pytest.raises(NotSeen) as unseen:
        agent.until("a miracle", lambda: False, patience=0.05)
    assert "Waited 0 s for a miracle. On the window: " in str(unseen.value)
    assert "ZeroDivisionError in view acme.panel" in str(unseen.value)
    assert "Looked. For nothing." in str(unseen.value)


def test_a_snapshot_of_a_plugin_that_is_not_there_is_refused(
    agent: Agent, contribution_snapshot: Callable[[Agent, str], None]
) -> None:
    with pytest.raises(BadInput, match="workbins"):
        contribution_snapshot(agent, "workbins")
