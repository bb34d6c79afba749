"""One declaration of an action answers at every place, and a disabled one says there why."""

import pytest
from PyQt6.QtWidgets import QAbstractButton

from workloom.api import ENABLED, WITHOUT_ROWS, Action, ActionPlace, ActionState, Subject, disabled
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop

REASON = "Locked until noon."


@pytest.fixture
def plugins_under_test() -> tuple[Candidate, ...]:
    """None but the built-in ones."""
    return ()


def test_one_declaration_answers_at_every_place_and_a_disabled_action_says_why(
    office: Office, agent: Agent, desktop: HeadlessDesktop
) -> None:
    locked, ran = [True], list[Subject]()

    def state(_subject: Subject) -> ActionState:
        return disabled(REASON) if locked else ENABLED

    action = Action(
        id="acme.act",
        title="Acme act",
        run=lambda subject, _anchor: ran.append(subject),
        state=state,
        places=tuple(ActionPlace),
        many=True,
    )
    agent.desk.registries.add_action("acme", action)
    office.submit()
    item = agent.accept()
    rows = {place: "" if place in WITHOUT_ROWS else item for place in ActionPlace}
    for place, row in rows.items():
        assert "acme.act" in agent.actions(place)
        assert agent.state("acme.act", row, place) == disabled(REASON)
        agent.run("acme.act", row, place)
        assert agent.notices()[0].text == REASON
    assert ran == []
    locked.clear()
    for place, row in rows.items():
        agent.run("acme.act", row, place)
    agent.until("all places", lambda: [subject.place for subject in ran] == list(rows))
    assert desktop.faults() == ()


def test_the_button_of_a_disabled_action_has_the_reason(office: Office, agent: Agent) -> None:
    action = Action(
        id="acme.act",
        title="Acme act",
        run=print,
        state=lambda _subject: disabled(REASON),
        places=(ActionPlace.ITEM_TOOLBAR,),
        icon="eye",
    )
    agent.desk.registries.add_action("acme", action)
    office.submit()
    agent.accept()
    agent.until("the button", lambda: bool(buttons(agent)))
    (button,) = buttons(agent)
    assert not button.isEnabled()
    assert REASON in button.toolTip()


def buttons(agent: Agent) -> list[QAbstractButton]:
    """Buttons of the action that can be seen."""
    found = agent.window.findChildren(QAbstractButton)
    return [one for one in found if one.accessibleName() == "Acme act" and one.isVisible()]
