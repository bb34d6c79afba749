"""Plugins that hold up the real window, in slots and in what it calls: each is named, and the window comes back."""

import time

import pytest
from PyQt6.QtCore import QTimer

from tests.shell.hostile.conftest import MakeHostile
from tests.shell.hostile.test_hostile_plugins import log_in
from workloom.testing.desktop.person import Person

HELD_UP = ("clicked", "painted", "measured", "shown", "timed", "made", "noticed")
"""Places on the UI thread; what runs beside it holds nothing up."""
LONG = 10.0
"""Seconds of work of the UI thread, some loops of half a second one after the other and more; not of the clock, since
the machine may do other things as well."""


def test_the_window_comes_back_from_every_endless_loop_and_the_plugin_is_named(make_hostile: MakeHostile) -> None:
    desktop = make_hostile("while True: pass", HELD_UP)
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


@pytest.mark.parametrize(
    ("does", "fault"),
    [("import time; time.sleep(6)", "TimeoutError"), ("return 5", "TypeError")],
    ids=["late", "wrong"],
)
def test_an_offer_is_shown_plainly_in_time_whatever_its_channel_answers(
    make_hostile: MakeHostile, does: str, fault: str
) -> None:
    desktop = make_hostile(does, ["presented"])
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    person.toast()
    person.press("F8")
    desk = window.desk
    assert desk is not None
    person.until("the open item", lambda: bool(desk.session.known.open_rows))
    faults = desktop.connection.there.plugins.faults()
    assert {(one.plugin, one.where, one.error) for one in faults} == {("presented", "channel present", fault)}


def test_reads_of_a_plugin_that_never_end_take_no_place_from_others_and_do_not_hold_the_end_up(
    make_hostile: MakeHostile,
) -> None:
    desktop = make_hostile("import time; time.sleep(8)", ["read"])
    (window,) = desktop.windows.windows
    person = Person(window)
    log_in(person)
    person.toast()
    person.press("F8")
    desk = window.desk
    assert desk is not None
    person.until("the open item", lambda: bool(desk.session.known.open_rows))
    item = desk.session.known.open_rows[0].item.id
    person.until("its pane", lambda: desk.workspace.main.page(item) is not None, patience=4.0)
    began = time.monotonic()
    desktop.close()
    assert time.monotonic() - began < 5.0
