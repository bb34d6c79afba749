"""What a stopped plugin still holds stands in the inspector, with who holds it, until it is gone."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_zoo.places import install
from fault_zoo.ways import WAYS
from PyQt6.QtWidgets import QApplication, QFrame, QTableView

from workloom.api import Leak, PluginInfo, Plugins, PluginState, as_it_is
from workloom.plugin_manager.discovery import Candidate
from workloom.testing.desktop import Agent, HeadlessDesktop
from workloom_inspector.leaks import LONGEST, NAMED, SETTLES, Search, nobody, report, told
from workloom_inspector.views.main import PluginsView

VIEW, KEEPER = "inspector.plugins", "hook_session_started"
KEPT = f"{KEEPER}_hostile.plugin.KEPT"
CONTEXT = "the context of an agent"


@pytest.fixture
def plugins_under_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Candidate, ...]]:
    """The inspector, and a plugin that keeps its context."""
    folder = tmp_path / "zoo"
    folder.mkdir()
    install(folder, WAYS["leak"], [KEEPER])
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    importlib.invalidate_caches()
    yield Candidate("inspector", "workloom_inspector"), Candidate(KEEPER, f"{KEEPER}_hostile")
    for name in [name for name in sys.modules if name.partition(".")[0] == f"{KEEPER}_hostile"]:
        del sys.modules[name]


def inspector(agent: Agent) -> PluginsView:
    """The view, in front."""
    view = agent.view(VIEW)
    assert isinstance(view, PluginsView)
    return view


def choose(agent: Agent, view: PluginsView, plugin: str) -> None:
    """Make a plugin current."""
    table = view.table.widget
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    agent.until("the rows", lambda: model.rowCount() == len(view.overview.infos))
    table.setCurrentIndex(model.index([info.id for info in view.overview.infos].index(plugin), 0))
    agent.until("its panel", lambda: view.table.current() == plugin)


def cards(view: PluginsView) -> list[QFrame]:
    """What is shown as still there."""
    return view.findChildren(QFrame, "inspector.leak")


def leaks_in_row(view: PluginsView, plugin: str) -> str:
    """The figure in the list."""
    (row,) = (row for row in view.overview.rows("", "") if row.id == plugin)
    return row.cells["leaks"].text


def test_what_a_stopped_plugin_still_holds_is_shown_with_who_holds_it_until_it_is_gone(
    agent: Agent, desktop: HeadlessDesktop
) -> None:
    view = inspector(agent)
    choose(agent, view, KEEPER)
    assert cards(view) == []
    desktop.plugins.disable(KEEPER)
    agent.until("the leak", lambda: bool(cards(view)))
    (card,) = cards(view)
    assert agent.texts(card) == ["The context of an agent", "Held by", f"KEPT in {KEEPER}_hostile.plugin"]
    assert (leaks_in_row(view, KEEPER), leaks_in_row(view, "inspector")) == ("1", "0")
    assert [info.id for info in view.overview.shown("faults", "")] == [KEEPER]

    agent.click("Copy leaks")
    clipboard = QApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == f"The context of an agent\n    {KEPT}"

    sys.modules[f"{KEEPER}_hostile.plugin"].KEPT.clear()
    agent.view("inspector.options")
    inspector(agent)
    agent.until("that it is gone", lambda: cards(view) == [] and leaks_in_row(view, KEEPER) == "0")


class Counting:
    """Plugins of which something is still there; how often that was asked for."""

    def __init__(self, *leaks: Leak) -> None:
        self.found, self.searches = leaks, 0

    @property
    def inspector(self) -> "Counting":
        return self

    def leaks(self) -> tuple[Leak, ...]:
        self.searches += 1
        return self.found


def searching(plugins: Counting) -> Search:
    """A search among them that has looked for the first time."""
    there: Plugins = plugins  # type: ignore[assignment]  # a search asks for nothing else
    return Search(there)


def info(state: PluginState) -> tuple[PluginInfo, ...]:
    """A plugin in a state."""
    return (PluginInfo(id="acme", name="Acme", package="acme", state=state),)


def test_it_is_searched_when_what_was_stopped_has_had_its_time_to_go() -> None:
    plugins = Counting(Leak(plugin="acme", what=CONTEXT))
    search = searching(plugins)
    assert [search.look(info(PluginState.OFF)) for _ in range(SETTLES)] == [()] * SETTLES
    assert search.look(info(PluginState.OFF)) == plugins.found


def test_while_something_is_there_it_is_searched_ever_more_rarely_and_at_once_when_it_is_wanted() -> None:
    plugins = Counting(Leak(plugin="acme", what=CONTEXT))
    search = searching(plugins)
    for _ in range(10 * LONGEST):
        search.look(info(PluginState.OFF))
    assert 10 < plugins.searches < 20
    before = plugins.searches
    search.again()
    search.look(info(PluginState.OFF))
    assert plugins.searches == before + 1
    plugins.found = ()
    for _ in range(SETTLES + 1):
        found = search.look(info(PluginState.RUNNING))
    assert found == ()


def test_leaks_of_one_kind_are_told_once_with_their_number_and_not_all_of_many_holders() -> None:
    many = tuple(f"acme.panel.a{number}" for number in range(NAMED + 3))
    one = Leak(plugin="acme", what=CONTEXT, holders=("acme.panel.KEPT",))
    other = Leak(plugin="acme", what="the object of the plugin")
    leaks = [one, one, other, Leak(plugin="acme", what=CONTEXT, holders=many)]
    assert told(leaks) == (
        ("The context of an agent, 2×", ("acme.panel.KEPT",)),
        ("The object of the plugin", (nobody(as_it_is),)),
        ("The context of an agent", (*many[:NAMED], "and 3 more")),
    )
    assert report(leaks[:2]) == "The context of an agent, 2×\n    acme.panel.KEPT"
