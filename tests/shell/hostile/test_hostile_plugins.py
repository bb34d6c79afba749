"""Plugins that fail wherever they can, on the real desktop: each is named, and the agent's work goes on."""

import re

import pytest
from fault_zoo.places import BACKENDS, EVERYWHERE, PLACES, said_of
from fault_zoo.ways import WAYS as HOW

from tests.shell.hostile.calls import guarded_calls
from tests.shell.hostile.conftest import MakeHostile
from tests.shell.hostile.working import log_in, open_pane
from workloom.api import BackendHooks, Close, DesktopHooks, EngineHooks, Leak, MarkDone, Notice
from workloom.api.plugins import PluginState
from workloom.bootstrap.desktop import Desktop
from workloom.plugin_manager.manager import PluginManager
from workloom.shell.window.plain_pane import PlainPane
from workloom.testing.desktop.main_job import MainJob
from workloom.testing.desktop.person import NotSeen, Person
from workloom_workitem.api import WorkItemHooks

AT_THE_END = {"undone", "ended", "hook_session_ending"}
"""Places that are called when the agent leaves."""
NOTHING_TO_KEEP = {"imported", "hook_readers", "reading", "no_widget"}
"""Places that get nothing of an agent: a module that is imported, the engine, and one that fails otherwise."""
KEEPING = [id_ for id_ in PLACES if id_ not in NOTHING_TO_KEEP]
PATIENCE = 150.0
"""Seconds that all that is still on its way may take to go, beside other tests on a busy machine."""
WAYS = {"an error": "raise ValueError('no')", "sys.exit": "sys.exit(3)", "exit": "exit(3)"}


def work(person: Person, desktop: Desktop) -> str:
    """Do all that has plugins called: take an item, look at it, run an action, try Done; the item."""
    (window,) = desktop.windows.windows
    log_in(person)
    desk = window.desk
    assert desk is not None
    person.toast()
    person.click("clicked here")
    (noticed,) = [one.notice for one in desk.workspace.board.log.entries if one.notice.title == "From noticed"]
    assert noticed.run is not None
    noticed.run()
    desk.show_view("paged.view")
    desk.notify(Notice(title="About a thing", about="thing:one"))
    person.click("Show in revealed")
    person.press("F8")
    person.until("the open item", lambda: bool(desk.session.known.open_rows))
    item = desk.session.known.open_rows[0].item.id
    person.until("its pane", lambda: desk.workspace.main.page(item) is not None)
    subject = desk.items.subject()
    assert subject is not None
    desk.actions.run("acted.act", subject)
    desk.session.execute(MarkDone(item=item))
    desk.actions.run("workitem.copy-number", subject)
    person.wait_for("Copied")
    return item


@pytest.mark.parametrize("fails", list(WAYS.values()), ids=list(WAYS))
def test_whatever_plugins_do_is_contained_and_named_and_the_agent_works_on(
    make_hostile: MakeHostile, fails: str
) -> None:
    desktop = make_hostile(fails)
    (window,) = desktop.windows.windows
    person = Person(window)
    work(person, desktop)
    desk = window.desk
    assert desk is not None
    plugins = desktop.connection.there.plugins
    person.until("all faults", lambda: set(PLACES) - AT_THE_END <= {fault.plugin for fault in plugins.faults()})

    # The work goes on: the built-in plugins run, and their Done is done.
    states = {info.id: info.state for info in plugins.infos()}
    built_in = {id_: state for id_, state in states.items() if id_ not in PLACES}
    assert set(built_in.values()) == {PluginState.RUNNING}
    assert states["imported"] is states["constructed"] is PluginState.REFUSED
    assert desktop.windows.windows == (window,)

    desk.close()
    said = {(fault.plugin, fault.where) for fault in plugins.faults()}
    assert {(id_, said_of(id_)) for id_ in PLACES} - said == set()
    assert {plugin for plugin, _where in said} == set(PLACES)


@pytest.mark.timeout(240)  # each look goes through all objects of the process, which many tests before may have filled
def test_what_plugins_keep_after_their_end_is_told_by_their_names_and_nothing_of_others_is_kept(
    make_hostile: MakeHostile,
) -> None:
    desktop = make_hostile(HOW["leak"], KEEPING)
    (window,) = desktop.windows.windows
    person = Person(window)
    work(person, desktop)
    manager = desktop.connection.there.plugins
    assert isinstance(manager, PluginManager)
    others = [info.id for info in manager.infos() if info.id not in PLACES]
    places = {(id_, said_of(id_)) for id_ in KEEPING if id_ not in AT_THE_END}
    metered = {place for place in places if not place[1].startswith(("slot", "thread"))}
    person.until("all calls", lambda: metered <= {(one.plugin, one.where) for one in manager.inspector.timings()})
    for plugin in (*KEEPING, *reversed(others)):
        manager.disable(plugin)
    kept = {(id_, "the context of an agent") for id_ in KEEPING if id_ != "constructed"}
    kept.add(("constructed", "the object of the plugin"))
    found: list[Leak] = []

    def those_alone() -> bool:
        found[:] = manager.leaks()
        return {(leak.plugin, leak.what) for leak in found} == kept

    try:
        person.until("all leaks, and those alone", those_alone, patience=PATIENCE)
    except NotSeen as unseen:  # what is too much, and who holds it, says more than the window
        raise AssertionError([leak for leak in found if (leak.plugin, leak.what) not in kept]) from unseen
    assert {leak.plugin for leak in found if not any(leak.plugin in holder for holder in leak.holders)} == set()


def test_every_hook_and_every_guarded_call_has_its_place_in_the_zoo() -> None:
    kinds = (DesktopHooks, EngineHooks, BackendHooks, WorkItemHooks)
    hooks = {f"hook {name}" for kind in kinds for name in vars(kind) if not name.startswith("_")}
    tried = {said_of(id_) for id_ in EVERYWHERE}
    assert hooks - tried == set()
    assert {words for words in guarded_calls() if not any(re.fullmatch(words, place) for place in tried)} == set()


@pytest.mark.parametrize(("id_", "way"), [(id_, way) for id_ in BACKENDS for way in ("raise", "exit")])
def test_a_way_to_services_that_fails_is_named_on_the_login_page(make_hostile: MakeHostile, id_: str, way: str) -> None:
    desktop = make_hostile(HOW[way], [id_], (f"{id_.replace('_', '-')}://x",))
    (window,) = desktop.windows.windows
    Person(window).wait_for(f"The {id_}, the plugin that connects to")
    manager = desktop._plugins  # noqa: SLF001  # the connection, which has them, is not there
    assert manager is not None
    faults = manager.faults()
    assert (id_, said_of(id_)) in {(fault.plugin, fault.where) for fault in faults}


def test_an_item_whose_pane_fails_is_shown_plainly_and_another_plugin_takes_it_over(make_hostile: MakeHostile) -> None:
    desktop = make_hostile("raise ValueError('no')", ["paned"])
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    person.toast()
    person.press("F8")
    person.wait_for("The plugin that shows it failed. The item is safe")
    desk = window.desk
    assert desk is not None
    (row,) = desk.session.known.open_rows
    manager = desktop.connection.there.plugins
    assert isinstance(manager, PluginManager)
    manager.disable("paned")
    person.until("the other pane", lambda: not isinstance(desk.workspace.main.page(row.item.id), PlainPane))
    person.wait_for("Done")
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("paned", said_of("paned"))]


@pytest.mark.parametrize(
    ("id_", "way"), [(id_, way) for id_ in ("saving", "focusing") for way in ("raise", "exit", "hang")]
)
def test_a_pane_that_fails_when_the_shell_asks_it_is_named_and_its_item_can_be_put_away(
    make_hostile: MakeHostile, id_: str, way: str
) -> None:
    desktop = make_hostile(HOW[way], [id_])
    person, desk, item = open_pane(desktop)
    desk.show_view("workbin.workbins")
    desk.open_item(item)
    subject = desk.items.subject()
    assert subject is not None
    desk.actions.run("workitem.done", subject)
    plugins = desktop.connection.there.plugins
    person.until("the fault", lambda: (id_, said_of(id_)) in {(one.plugin, one.where) for one in plugins.faults()})
    assert {fault.plugin for fault in plugins.faults()} == {id_}
    desk.session.execute(Close(item=item))
    person.until("the item to leave", lambda: not desk.session.known.open_rows)


def test_the_main_job_is_done_beside_plugins_that_fail_all_the_time(make_hostile: MakeHostile) -> None:
    # Those that stand in the way by what they show are left out, and the one that Done must not pass while it fails.
    left_out = ("tabbed", "presented", "hook_problems")
    desktop = make_hostile("raise ValueError('no')", [id_ for id_ in PLACES if id_ not in left_out])
    told: list[str] = []
    MainJob(desktop.windows, None, told.append).play()
    assert told[-1].startswith("19.")
    assert len({fault.plugin for fault in desktop.connection.there.plugins.faults()}) > 10
