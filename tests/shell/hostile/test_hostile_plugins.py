"""Plugins that fail wherever they can, on the real desktop: each is named, and the agent's work goes on."""

import pytest
from fault_zoo.places import PLACES
from PyQt6.QtWidgets import QLineEdit, QWidget

from tests.shell.hostile.conftest import MakeHostile
from workloom.api.plugins import PluginState
from workloom.plugin_manager.manager import PluginManager
from workloom.shell.window.plain_pane import PlainPane
from workloom.testing.desktop.main_job import MainJob
from workloom.testing.desktop.person import Person

WAYS = {"an error": "raise ValueError('no')", "sys.exit": "sys.exit(3)", "exit": "exit(3)", "quit": "quit()"}


def log_in(person: Person) -> None:
    """Log in as somebody to whom an item is offered."""
    person.wait_for("Demo site.")
    person.write("tomasz", person.named(QLineEdit, "login-user"))
    person.write("alpenrand", person.named(QLineEdit, "login-password"))
    person.click("Continue")
    person.click("Log in")
    person.named(QWidget, "workspace")


@pytest.mark.parametrize("fails", list(WAYS.values()), ids=list(WAYS))
def test_whatever_plugins_do_is_contained_and_named_and_the_agent_works_on(
    make_hostile: MakeHostile, fails: str
) -> None:
    desktop = make_hostile(fails)
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    desk = window.desk
    assert desk is not None
    plugins = desktop.connection.there.plugins
    person.toast()
    person.click("clicked here")
    (noticed,) = [one.notice for one in desk.workspace.board.log.entries if one.notice.title == "From noticed"]
    assert noticed.run is not None
    noticed.run()
    desk.show_view("paged.view")
    person.press("F8")
    person.until("the open item", lambda: bool(desk.session.known.open_rows))
    item = desk.session.known.open_rows[0].item.id
    person.until("its pane", lambda: desk.workspace.main.page(item) is not None)
    subject = desk.items.subject()
    assert subject is not None
    desk.actions.run("acted.act", subject)
    waits = set(PLACES) - {"undone"}
    person.until("all faults", lambda: waits <= {fault.plugin for fault in plugins.faults()})

    # The work goes on: the built-in plugins run, and their Done is done.
    states = {info.id: info.state for info in plugins.infos()}
    assert {id_ for id_, state in states.items() if id_ not in PLACES and state is not PluginState.RUNNING} == set()
    assert states["imported"] is states["constructed"] is PluginState.REFUSED
    desk.actions.run("workitem.copy-number", subject)
    person.wait_for("Copied")
    assert desktop.windows.windows == (window,)

    desk.close()
    said = {(fault.plugin, fault.where) for fault in plugins.faults()}
    assert {(id_, place.where) for id_, place in PLACES.items()} - said == set()
    assert {plugin for plugin, _where in said} == set(PLACES)


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
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("paned", "view paned")]


def test_the_main_job_is_done_beside_plugins_that_fail_all_the_time(make_hostile: MakeHostile) -> None:
    # Those that stand in the way by what they show, not by failing, are left out.
    desktop = make_hostile("raise ValueError('no')", [id_ for id_ in PLACES if id_ not in ("tabbed", "presented")])
    told: list[str] = []
    MainJob(desktop.windows, None, told.append).play()
    assert told[-1].startswith("19.")
    assert len({fault.plugin for fault in desktop.connection.there.plugins.faults()}) > 10
