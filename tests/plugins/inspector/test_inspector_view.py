"""The inspector in a real desktop: plugins, faults, what they add, options with their layer, times, a bundle."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from PyQt6.QtWidgets import QPushButton, QTableView

from workloom.api import PluginState, Site
from workloom.plugin_manager.discovery import Candidate
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.sites import site, with_options, without_privileges
from workloom_inspector.overview import against_budget, heading
from workloom_inspector.views.main import PluginsView

VIEW = "inspector.plugins"


@pytest.fixture
def plugins_under_test() -> tuple[Candidate, ...]:
    """The inspector."""
    return (Candidate("inspector", "workloom_inspector"),)


@pytest.fixture
def office_site() -> Site:
    """Everybody may inspect plugins; the application sets one option of a plugin."""
    return with_options({"claim.prompt-for-done": True})(site())


def inspector(agent: Agent) -> PluginsView:
    """The view, in front."""
    view = agent.view(VIEW)
    assert isinstance(view, PluginsView)
    return view


def names(view: PluginsView) -> list[str]:
    """The plugins in the list."""
    table = view.table.widget
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def fail(agent: Agent, desktop: HeadlessDesktop, plugin: str) -> None:
    """Let a plugin do something wrong, with a customer's name in its message."""

    def wrong() -> None:
        raise ValueError("Mrs Huber has no policy")

    desktop.plugins.guard.call(plugin, "view acme.panel", wrong)
    inspector(agent).look()


def choose(agent: Agent, view: PluginsView, plugin: str) -> None:
    """Make a plugin current."""
    row = [info.id for info in view.overview.infos].index(plugin)
    table = view.table.widget
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    agent.until("the rows", lambda: model.rowCount() > row)
    table.setCurrentIndex(model.index(row, 0))
    agent.let_work(0.05)


def press(agent: Agent, view: PluginsView, name: str) -> None:
    """Press a button of the panel as soon as it is there."""

    def found() -> bool:
        view.look()
        choose(agent, view, "workbin")
        return view.findChild(QPushButton, name) is not None

    agent.until(f"the button {name}", found)
    button = view.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_all_plugins_are_listed_and_filtered_by_name_option_and_state(agent: Agent) -> None:
    view = inspector(agent)
    agent.until("the list", lambda: "Work items" in names(view))
    assert heading(view.overview) in agent.reads(VIEW)
    view.search.set_text("prompt-for-done")
    view.filter_again()
    agent.until("the filtered list", lambda: names(view) == ["Work items"])


def test_who_may_not_inspect_has_no_such_view(office: Office, desktop: HeadlessDesktop) -> None:
    office.change(without_privileges("Can Inspect Plugins"))
    agent = desktop.log_in("bob")
    assert "Plugins" not in [title for _icon, title in agent.desk.views.titles()]


def test_a_fault_is_shown_with_its_place_and_trace_and_can_be_copied(agent: Agent, desktop: HeadlessDesktop) -> None:
    view = inspector(agent)
    fail(agent, desktop, "workbin")
    choose(agent, view, "workbin")
    agent.until("the fault", lambda: any("view acme.panel · ValueError" in text for text in agent.reads(VIEW)))
    assert "Faults 1" in [button.text() for button in view.findChildren(QPushButton)]


def test_options_say_their_value_and_who_set_it(agent: Agent) -> None:
    view = inspector(agent)
    choose(agent, view, "workitem")
    view.panel.choose("options")
    agent.let_work(0.05)
    said = agent.texts(view)
    assert any("claim.prompt-for-done" in text for text in said)
    assert any(text.startswith("true, Application") for text in said)


def test_a_plugin_is_stopped_and_started_from_its_panel(agent: Agent, desktop: HeadlessDesktop) -> None:
    view = inspector(agent)
    choose(agent, view, "workbin")
    press(agent, view, "inspector.stop")
    agent.until("workbins off", lambda: "Workbins" not in [title for _icon, title in agent.desk.views.titles()])
    press(agent, view, "inspector.start")
    agent.until("workbins back", lambda: "Workbins" in [title for _icon, title in agent.desk.views.titles()])
    runs = PluginState.RUNNING
    agent.until("it runs", lambda: ("workbin", runs) in [(info.id, info.state) for info in desktop.plugins.infos()])


def test_times_stand_against_the_budget_of_their_place(agent: Agent) -> None:
    view = inspector(agent)
    slowest = view.overview.slowest()
    assert slowest
    assert against_budget(slowest[0]) in agent.reads(VIEW)
    assert heading(view.overview) == f"{len(view.overview.infos)} installed, {len(view.overview.infos)} active"


def test_a_support_bundle_holds_no_words_of_customers(agent: Agent, desktop: HeadlessDesktop, tmp_path: Path) -> None:
    view = inspector(agent)
    fail(agent, desktop, "workbin")
    view.save_bundle(tmp_path / "bundle.zip")
    agent.notice("Support bundle saved")
    with ZipFile(tmp_path / "bundle.zip") as bundle:
        whole = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
    assert "view acme.panel" in whole
    assert "Huber" not in whole
