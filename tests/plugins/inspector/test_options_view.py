"""The options in the desktop: every one is there with its layer, and an editor made of its declaration."""

import pytest
from PyQt6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTableView, QWidget

from workloom.api import Site
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.plugins import built_in, catalogue_of
from workloom.testing.sites import site, with_options, without_privileges
from workloom_inspector.views.options import OptionsView


@pytest.fixture
def plugins_under_test() -> tuple[Candidate, ...]:
    """The inspector, and a plugin with options that does not come with Workloom."""
    return (Candidate("inspector", "workloom_inspector"), Candidate("crm_screenpop", "crm_screenpop"))


@pytest.fixture
def office_site() -> Site:
    """The application sets one option of a plugin."""
    return with_options({"claim.prompt-for-done": True})(site())


def view_of(agent: Agent) -> OptionsView:
    """The view, in front."""
    view = agent.view("inspector.options")
    assert isinstance(view, OptionsView)
    return view


def choose(agent: Agent, view: OptionsView, name: str) -> None:
    """Make an option current."""
    view.search.set_text(name)
    view.filter_again()
    table = view.table.widget
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    agent.until("the option", lambda: model.rowCount() >= 1 and model.index(0, 0).data() == name)
    table.setCurrentIndex(model.index(0, 0))
    agent.until("its editor", lambda: name in [each.text() for each in view.editor.findChildren(QLabel, "option.name")])
    agent.let_work(0.05)  # what stood there before goes


def setting(view: OptionsView) -> str:
    """What is to be written."""
    label = view.editor.findChild(QLabel, "option.setting")
    assert label is not None
    return label.text()


def test_every_option_of_every_plugin_is_in_the_editor(agent: Agent) -> None:
    view = view_of(agent)
    declared = {spec.name for spec in catalogue_of((*built_in(), Candidate("crm_screenpop", "crm_screenpop")))}
    assert "crm-screenpop.address" in declared
    shown = {one.spec.name for one in view.options()}
    assert declared - shown == set()
    for one in view.options():
        view.editor.show_option(one)
        agent.let_work(0.01)
        assert one.name in [label.text() for label in view.editor.findChildren(QLabel, "option.name")]
        assert view.editor.findChild(QWidget, "option.value") is not None, one.spec.name
    assert len(view.options()) > 60


def test_an_option_says_its_value_and_who_set_it_and_a_change_is_written_for_a_layer(agent: Agent) -> None:
    view = view_of(agent)
    choose(agent, view, "claim.prompt-for-done")
    assert setting(view) == '[options]\n"claim.prompt-for-done" = true\n'
    box = view.editor.findChild(QCheckBox, "option.value")
    assert box is not None
    box.click()
    assert setting(view) == '[options]\n"claim.prompt-for-done" = false\n'
    assert [one.layer for one in view.options()] == ["Application"]


def test_a_value_that_does_not_fit_is_said_in_words_and_nothing_is_written(agent: Agent) -> None:
    view = view_of(agent)
    choose(agent, view, "claim.auto-answer.timer")
    field = view.editor.findChild(QLineEdit, "option.value")
    assert field is not None
    field.setText("soon")
    field.textEdited.emit("soon")
    problem = view.editor.findChild(QLabel, "option.problem")
    assert problem is not None
    assert problem.text() == "Expected a whole number from 0 to 600, found “soon”."
    assert setting(view) == ""


def test_the_words_of_a_choice_stand_as_they_are_written(agent: Agent) -> None:
    view = view_of(agent)
    choose(agent, view, "agent-status.enabled-actions-global")
    agent.wait_for("A list of Ready, NotReady, NotReadyReason")


def test_who_may_change_the_configuration_applies_after_a_dry_run(office: Office, agent: Agent) -> None:
    view = view_of(agent)
    choose(agent, view, "claim.auto-answer.timer")
    field = view.editor.findChild(QLineEdit, "option.value")
    assert field is not None
    field.setText("30")
    field.textEdited.emit("30")
    for answer, after in (("Cancel", None), ("Apply", 30)):
        said = agent.will_answer(answer)
        press(agent, view, "option.apply")
        agent.until("the question", lambda said=said: any("not set → 30" in text for text in said))  # type: ignore[misc]
        agent.let_work(0.1)
        assert office.site.application_options.get("claim.auto-answer.timer") == after
    agent.notice("claim.auto-answer.timer is set")
    agent.until("the new value", lambda: [(one.value, one.layer) for one in view.options()] == [("30", "Application")])
    agent.will_answer("Apply")
    press(agent, view, "option.remove")
    agent.until("that it is taken away", lambda: "claim.auto-answer.timer" not in office.site.application_options)


def test_who_may_not_change_the_configuration_copies_the_lines(office: Office, desktop: HeadlessDesktop) -> None:
    office.change(without_privileges("Administration - Can Change Configuration"))
    agent = desktop.log_in("ann")
    view = view_of(agent)
    choose(agent, view, "claim.prompt-for-done")
    assert view.editor.findChild(QPushButton, "option.apply") is None
    agent.wait_for("An administrator applies it with workloom site apply.")


def test_the_card_of_an_option_that_does_not_fit_leads_to_its_editor(office: Office, agent: Agent) -> None:
    option = "teamcommunicator.recent-max-records"
    office.change(with_options({option: "soon"}))
    agent.click("Show in Options")
    view = view_of(agent)
    agent.until("the option", lambda: view.table.current() == option)
    assert view.isVisible()
    agent.until(
        "its editor", lambda: agent.sees("In the site file") and agent.sees("teamcommunicator.recent-max-records")
    )


def test_who_may_not_see_the_options_is_told_of_one_and_led_nowhere(office: Office, desktop: HeadlessDesktop) -> None:
    office.change(without_privileges("Can Inspect Plugins"))
    agent = desktop.log_in("ann")
    office.change(with_options({"login.prompt-place": "maybe"}))
    agent.click("Copy for administrator")
    assert not agent.sees("Show in")


def press(agent: Agent, view: OptionsView, name: str) -> None:
    """Press a button of the editor."""
    button = view.editor.findChild(QPushButton, name)
    assert button is not None
    button.click()
    agent.let_work(0.1)
