"""The inspector in a real desktop: plugins, faults, what they add, options with their layer, times, a bundle."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from PyQt6.QtCore import QAbstractItemModel
from PyQt6.QtWidgets import QPushButton, QTableView

from workloom.api import PluginState, Site
from workloom.cli import main
from workloom.plugin_manager.discovery import Candidate
from workloom.plugin_manager.seen import FILE
from workloom.testing import Office
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom.testing.sites import site, with_options, without_privileges
from workloom_inspector.calls import SHOWN
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


def calls_shown(view: PluginsView) -> list[str]:
    """The places of the calls in the list, from the top."""
    return [str(model_of(view).index(row, 2).data()) for row in range(model_of(view).rowCount())]


def model_of(view: PluginsView) -> QAbstractItemModel:
    """The list of calls."""
    table = view.below.calls.table.widget
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    return model


def test_calls_come_into_a_list_as_they_are_made_the_newest_first(agent: Agent, desktop: HeadlessDesktop) -> None:
    view = inspector(agent)
    agent.click("Last calls")
    fail(agent, desktop, "workbin")
    desktop.plugins.guard.call("workitem", "action acme", lambda: None)

    def seeded() -> list[str]:
        return [where for where in calls_shown(view) if "acme" in where]

    agent.until("the calls", lambda: seeded() == ["action acme", "view acme.panel · failed"])
    view.search.set_text("workbin")
    view.filter_again()
    agent.until("calls of one plugin", lambda: seeded() == ["view acme.panel · failed"])


def test_a_list_of_calls_that_is_held_still_stays_and_is_bounded(agent: Agent, desktop: HeadlessDesktop) -> None:
    view = inspector(agent)
    agent.click("Last calls")
    agent.until("calls", lambda: len(calls_shown(view)) > 3)
    agent.click("Hold still")
    before = calls_shown(view)
    for _turn in range(SHOWN + 50):
        desktop.plugins.guard.call("workitem", "action acme", lambda: None)
    view.look()
    agent.let_work(0.1)
    assert calls_shown(view) == before
    agent.click("Hold still")
    agent.until("the bound", lambda: model_of(view).rowCount() == SHOWN)
    assert "action acme" in calls_shown(view)


@pytest.mark.parametrize("steps", [0, 5])
def test_no_list_scrolls_sideways_at_the_least_window(agent: Agent, steps: int) -> None:
    agent.window.resize(1024, 640)
    view = inspector(agent)
    for _step in range(steps):
        agent.press("Ctrl++")
    agent.click("Last calls")
    for name in ("inspector.plugins", "inspector.options"):
        shown = agent.view(name)
        agent.let_work(0.2)
        for table in shown.findChildren(QTableView):
            bar = table.horizontalScrollBar()
            assert bar is not None
            assert (name, table.accessibleName(), bar.maximum()) == (name, table.accessibleName(), 0)
    assert view.panel.width() >= 280


def test_other_processes_read_what_went_wrong_in_the_desktop_while_it_runs(
    agent: Agent, desktop: HeadlessDesktop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "desktop"
    fail(agent, desktop, "workbin")
    agent.until("the file", (folder / FILE).exists)
    assert main(["plugin", "faults", "--data", str(folder)]) == 0
    assert "workbin  view acme.panel  ValueError" in capsys.readouterr().out
    assert main(["plugin", "faults", "--data", str(folder), "--of", "workitem"]) == 0
    assert "No plugin has failed." in capsys.readouterr().out
    desktop.close()
    assert main(["plugin", "bundle", str(tmp_path / "b.zip"), "--data", str(folder)]) == 0
    assert "with 1 fault, the times and the last calls" in capsys.readouterr().out
    with ZipFile(tmp_path / "b.zip") as bundle:
        seen = bundle.read("desktop.json").decode()
    assert "view acme.panel" in seen
    assert "hook session_ending" in seen
    assert "Huber" not in seen


def test_the_card_of_a_plugin_that_failed_leads_to_it(agent: Agent, desktop: HeadlessDesktop) -> None:
    view = inspector(agent)
    view.search.set_text("inspector")
    view.filter_again()
    agent.desk.show_view("workbin.workbins")
    fail(agent, desktop, "workbin")
    agent.desk.show_view("workbin.workbins")
    agent.until("the card", lambda: bool(agent.desk.workspace.board.cards))
    agent.click("Show in Plugins")
    agent.until("the plugin", lambda: view.table.current() == "workbin")
    assert view.isVisible()
    assert view.search.text() == ""
    assert any("view acme.panel · ValueError" in text for text in agent.texts(view.panel))
    assert agent.desk.workspace.board.cards == ()
