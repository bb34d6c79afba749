"""Plugins that hold up the real window, in slots and in what it calls: each is named, and the window comes back."""

import time

import pytest
from fault_zoo.places import said_of
from PyQt6.QtCore import QTimer

from tests.shell.hostile.conftest import MakeHostile
from tests.shell.hostile.working import log_in, open_item, open_pane
from workloom.api import Close, MarkDone, Notice, PluginState, SetDisposition
from workloom.plugin_manager import hooks
from workloom.plugin_manager.watchdog import Patience
from workloom.testing.desktop.person import Person

HELD_UP = ("clicked", "painted", "measured", "shown", "timed", "made", "noticed")
"""Places on the UI thread; what runs beside it holds nothing up."""
AT_LOGIN = tuple(f"hook_{name}" for name in ("channels", "interaction_views", "views", "actions", "gates"))
AFTER_LOGIN = ("hook_session_started", "answered", "refused", "provided", "barred", "listing")
AT_THE_END = ("hook_session_ending", "undone", "ended")
WITH_AN_ITEM = ("told", "acted", "gated_here", "tabbed", "hook_changed")
SHORT = Patience(named=0.2)
BUSY = "while True: pass"
AT_REST = "while True: __import__('time').sleep(0.001)"
"""A loop without end that leaves the processor to the tests beside this one."""
LONG = 10.0
"""Seconds of work of the UI thread, many times those of some loops one after the other; not of the clock, since the
machine may do other things as well."""


def test_the_window_comes_back_from_every_endless_loop_and_the_plugin_is_named(make_hostile: MakeHostile) -> None:
    desktop = make_hostile(BUSY, HELD_UP)
    (window,) = desktop.windows.windows
    gaps: list[float] = []
    last = time.thread_time()

    def beat() -> None:
        nonlocal last
        now = time.thread_time()
        gaps.append(now - last)
        last = now

    heart = QTimer()
    heart.timeout.connect(beat)
    heart.start(20)
    person = Person(window)
    log_in(person)
    desk = window.desk
    assert desk is not None
    plugins = desktop.connection.there.plugins
    person.click("clicked here")
    (noticed,) = [one.notice for one in desk.workspace.board.log.entries if one.notice.title == "From noticed"]
    assert noticed.run is not None
    noticed.run()
    person.until("all hangs", lambda: {fault.plugin for fault in plugins.faults()} >= set(HELD_UP))
    person.until("the end of the last", lambda: gaps[-1] < 0.3)
    heart.stop()
    assert {fault.error for fault in plugins.faults()} == {"PluginHang"}
    assert max(gaps) < LONG
    named = {(fault.plugin, fault.where) for fault in plugins.faults()}
    assert {("clicked", "slot"), ("painted", "slot"), ("made", "view made.view"), ("noticed", "notice")} <= named
    desk.show_view("workbin.workbins")
    assert desk.workspace.main.current == "workbin.workbins"
    assert desktop.windows.windows == (window,)


def test_hooks_and_callbacks_that_never_end_are_broken_off_from_the_login_to_the_log_off(
    make_hostile: MakeHostile,
) -> None:
    places = (*AT_LOGIN, *AFTER_LOGIN, *AT_THE_END)
    desktop = make_hostile(AT_REST, places, patience=SHORT)
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    plugins = desktop.connection.there.plugins
    soon = {*AT_LOGIN, *AFTER_LOGIN}
    person.until("all hangs", lambda: soon <= {fault.plugin for fault in plugins.faults()}, patience=60)
    assert window.desk is not None
    window.desk.close()
    assert {(id_, said_of(id_), "PluginHang") for id_ in places} <= {
        (fault.plugin, fault.where, fault.error) for fault in plugins.faults()
    }
    assert {fault.plugin for fault in plugins.faults()} == set(places)


def test_a_plugin_that_never_ends_when_it_hears_of_a_notice_is_paused_though_each_fault_is_a_notice(
    make_hostile: MakeHostile,
) -> None:
    desktop = make_hostile(AT_REST, ["hearing", "answered"], patience=SHORT)
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    plugins = desktop.connection.there.plugins
    assert window.desk is not None
    for number in range(4):
        window.desk.workspace.board.show(Notice(title=f"Notice {number}"))
    paused = PluginState.PAUSED
    person.until("the pause", lambda: {info.id: info.state for info in plugins.infos()}["hearing"] is paused)
    window.desk.workspace.board.show(Notice(title="The last"))
    assert "The last" in [card.notice.title for card in window.desk.workspace.board.cards]


def test_an_item_is_worked_beside_plugins_that_never_end_when_they_are_asked_about_it(
    make_hostile: MakeHostile,
) -> None:
    desktop = make_hostile(AT_REST, WITH_AN_ITEM)
    person, desk, item = open_pane(desktop, patience=60)
    plugins = desktop.connection.there.plugins
    entry = desk.registries.action("acted.act")
    subject = desk.items.subject()
    assert entry is not None
    assert subject is not None
    desk.actions.run_found(entry, subject)
    wanted = {(id_, said_of(id_), "PluginHang") for id_ in WITH_AN_ITEM}
    person.until(
        "all hangs",
        lambda: wanted <= {(fault.plugin, fault.where, fault.error) for fault in plugins.faults()},
        patience=60,
    )
    desk.session.execute(Close(item=item))
    person.until("the item to leave", lambda: not desk.session.known.open_rows, patience=60)


@pytest.mark.parametrize("does", [BUSY, "import time; time.sleep(30)"], ids=["a loop", "a call of C"])
def test_an_item_is_shown_and_done_once_plugins_are_paused_that_never_answer_about_its_type(
    make_hostile: MakeHostile, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(hooks, "ANSWER_SECONDS", 0.5)
    places = ("hook_types", "hook_dispositions", "hook_problems")
    desktop = make_hostile(does, places)
    person, desk, item = open_item(desktop)
    person.wait_for("Disposition")
    desk.session.execute(SetDisposition(item=item, value="solved"))
    log = desk.workspace.board.log
    for _attempt in range(10):  # refused with the names of the plugins, until each has failed too often
        told = len(log.entries)
        desk.session.execute(MarkDone(item=item))
        person.until("an answer", lambda told=told: not desk.session.known.open_rows or len(log.entries) > told)  # type: ignore[misc]
        if not desk.session.known.open_rows:
            break
    assert not desk.session.known.open_rows
    assert any("could not be checked" in entry.notice.text for entry in log.entries)
    plugins = desktop.connection.there.plugins
    wanted = {(id_, said_of(id_), "TimeoutError") for id_ in places}
    person.until(
        "the faults", lambda: wanted <= {(fault.plugin, fault.where, fault.error) for fault in plugins.faults()}
    )
    assert {fault.plugin for fault in plugins.faults()} == set(places)


@pytest.mark.parametrize(
    ("does", "fault"),
    [("import time; time.sleep(6)", "TimeoutError"), ("return 5", "TypeError")],
    ids=["late", "wrong"],
)
def test_an_offer_is_shown_plainly_in_time_whatever_its_channel_answers(
    make_hostile: MakeHostile, does: str, fault: str
) -> None:
    desktop = make_hostile(does, ["presented"])
    open_item(desktop)
    faults = desktop.connection.there.plugins.faults()
    assert {(one.plugin, one.where, one.error) for one in faults} == {("presented", "channel present", fault)}


def test_reads_of_a_plugin_that_never_end_take_no_place_from_others_and_do_not_hold_the_end_up(
    make_hostile: MakeHostile,
) -> None:
    desktop = make_hostile("import time; time.sleep(8)", ["read"])
    person, desk, item = open_item(desktop)
    person.until("its pane", lambda: desk.workspace.main.page(item) is not None, patience=4.0)
    began = time.monotonic()
    desktop.close()
    assert time.monotonic() - began < 5.0
