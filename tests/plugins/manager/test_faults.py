"""What is said of a fault, to whom, and when a plugin is paused."""

import gc
import sys
import threading
import weakref
from collections.abc import Callable

import pytest

from tests.plugins.manager.making import Yard
from workloom.domain.errors import Refused
from workloom.plugin_manager.exits import PluginExit, hold_exit
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.ui_calls import PluginHang
from workloom.plugin_manager.uncaught import watch_uncaught

CUSTOMER = "Petra Vogel, +43 664 1234567"


def fail(error: BaseException) -> None:
    """Raise an error."""
    raise error


def started(yard: Yard, code: str = "class Plugin: ...") -> PluginManager:
    """A manager with one running plugin `acme` of this code."""
    yard.add("acme", code)
    manager = yard.manager()
    yard.open(manager)
    return manager


def function_of(name: str) -> Callable[..., object]:
    """A function of the plugin's module."""
    function: Callable[..., object] = getattr(sys.modules["acme_of_the_tests.plugin"], name)
    return function


@pytest.mark.parametrize(
    "error",
    [ValueError(CUSTOMER), KeyError(CUSTOMER), Refused(CUSTOMER), ExceptionGroup(CUSTOMER, [OSError(CUSTOMER)])],
)
def test_the_trace_and_the_log_hold_no_data_of_customers(
    yard: Yard, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    manager = started(yard)
    manager.guard.call("acme", "action", fail, error)
    (fault,) = manager.faults()
    assert "Petra" in fault.said
    assert "Petra" not in fault.trace + fault.where + fault.error + caplog.text
    assert "in fail" in fault.trace
    assert fault.error in caplog.text


@pytest.mark.parametrize(
    "text",
    ["def __str__(self): raise SystemExit(4)", "def __str__(self): return 5", "name = property(lambda self: 1 / 0)"],
)
def test_an_error_that_fails_when_it_is_asked_what_it_says_is_contained_too(yard: Yard, text: str) -> None:
    manager = started(yard, f"class Odd(AttributeError):\n    {text}\ndef bad(): raise Odd\nclass Plugin: ...")
    assert manager.guard.call("acme", "action", function_of("bad")) is None
    (fault,) = manager.faults()
    assert (fault.error, fault.said) == ("Odd", "")


def test_the_trace_quotes_no_cause_and_no_name_that_was_looked_up(yard: Yard) -> None:
    manager = started(
        yard,
        f"def bad():\n    try:\n        getattr(1, '{CUSTOMER}')\n    finally:\n        {{}}['x']\nclass Plugin: ...",
    )
    manager.guard.call("acme", "action", function_of("bad"))
    (fault,) = manager.faults()
    assert "Petra" not in fault.trace
    assert "AttributeError\nwhich led to\n" in fault.trace
    assert fault.trace.endswith("\nKeyError")


def test_the_trace_says_what_the_code_lacks(yard: Yard) -> None:
    manager = started(yard, "def bad():\n    return None.subject\nclass Plugin: ...")
    manager.guard.call("acme", "action", function_of("bad"))
    (fault,) = manager.faults()
    assert fault.trace.endswith("AttributeError: 'NoneType' object has no attribute 'subject'")
    assert "acme_of_the_tests/plugin.py" in fault.trace


def test_a_fault_keeps_no_object_of_the_plugin_alive(yard: Yard) -> None:
    class Widget:
        """Something large."""

    def bad(widget: Widget) -> None:
        raise ValueError(widget)

    manager = started(yard)
    widget = Widget()
    gone = weakref.ref(widget)
    manager.guard.call("acme", "action", bad, widget)
    del widget
    gc.collect()
    assert gone() is None


def test_a_long_way_is_cut_in_the_middle(yard: Yard) -> None:
    manager = started(yard, "def bad(): bad()\nclass Plugin: ...")
    manager.guard.call("acme", "action", function_of("bad"))
    (fault,) = manager.faults()
    assert len(fault.trace.splitlines()) < 50
    assert "more calls …" in fault.trace


def test_an_answer_in_the_form_of_an_error_comes_through(yard: Yard) -> None:
    manager = started(yard)
    with pytest.raises(Refused):
        manager.guard.call("acme", "action", fail, Refused("Choose a disposition first."), passing=Refused)
    assert manager.faults() == ()


def test_the_interrupt_of_a_person_is_nobodys_fault(yard: Yard) -> None:
    manager = started(yard)
    with pytest.raises(KeyboardInterrupt):
        manager.guard.call("acme", "action", fail, KeyboardInterrupt())
    assert manager.faults() == ()


def test_a_plugin_that_fails_too_often_is_paused_and_all_it_brought_is_gone(yard: Yard) -> None:
    yard.add("acme")
    yard.add("other")
    later: list[Callable[[], None]] = []
    manager = yard.manager(soon=later.append)
    session = yard.open(manager)
    changes: list[str] = []
    manager.on_change(lambda: changes.append("changed"))
    for _ in range(4):
        assert not later
        manager.guard.call("acme", "action", fail, ValueError())
    assert [fault.paused for fault in manager.faults()] == [False, False, False, True]
    assert changes == []
    later.pop()()
    acme, _other = manager.infos()
    assert (acme.state, acme.reason) == ("paused", "It failed 4 times in 15 minutes.")
    assert yard.actions() == ["other.act"]
    assert set(session.contexts()) == {"other"}
    assert changes == ["changed"]


def test_faults_far_apart_pause_nobody(yard: Yard) -> None:
    manager = started(yard)
    for _ in range(20):
        manager.guard.call("acme", "action", fail, ValueError())
        yard.clock.advance(minutes=6)
    assert [info.state for info in manager.infos()] == ["running"]


def test_a_paused_plugin_that_is_started_again_begins_anew(yard: Yard) -> None:
    yard.add("acme")
    manager = yard.manager()
    yard.open(manager)
    for _ in range(4):
        manager.guard.call("acme", "action", fail, ValueError())
    assert yard.actions() == []
    manager.enable("acme")
    assert yard.actions() == ["acme.act"]
    manager.guard.call("acme", "action", fail, ValueError())
    assert [info.state for info in manager.infos()] == ["running"]


def test_a_plugin_that_fails_four_times_while_it_starts_is_paused_in_the_midst_of_it(yard: Yard) -> None:
    yard.add("acme", "class Plugin:\n    @hook\n    def channels(self, context): return [1, 2, 3, 4, 5]\n" + ONE_MORE)
    manager = yard.manager()
    session = yard.open(manager)
    assert [info.state for info in manager.infos()] == ["paused"]
    assert yard.actions() == []
    session.close()


ONE_MORE = """
    @hook
    def actions(self, context):
        return [Action(id="acme.act", run=print)]
"""


def test_an_error_in_a_slot_is_blamed_on_the_innermost_plugin_of_its_way(yard: Yard) -> None:
    yard.add("inner", "def call(): 1 / 0\nclass Plugin: ...")
    yard.add("outer", "def call(function): function()\nclass Plugin: ...")
    manager = yard.manager()
    manager.load()
    inner = sys.modules["inner_of_the_tests.plugin"].call
    outer = sys.modules["outer_of_the_tests.plugin"].call
    with pytest.raises(ZeroDivisionError) as caught:
        outer(inner)
    assert manager.unguarded.blame(caught.value, "slot") == "inner"
    assert manager.unguarded.blame(ValueError("nobody's"), "slot") == ""
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("inner", "slot")]


@pytest.mark.parametrize("fails", ["1 / 0", "sys.exit()"])
def test_an_error_on_a_thread_of_a_plugin_is_blamed_on_it(yard: Yard, fails: str) -> None:
    yard.add("acme", f"def work():\n    {fails}\nclass Plugin: ...")
    manager = yard.manager()
    manager.load()
    undos = [hold_exit(manager.unguarded.plugins_by_package), watch_uncaught(manager.unguarded.blame)]
    try:
        thread = threading.Thread(target=function_of("work"), name="crm")
        thread.start()
        thread.join()
    finally:
        for undo in reversed(undos):
            undo()
    assert [(fault.plugin, fault.where) for fault in manager.faults()] == [("acme", "thread crm")]


def test_an_error_of_nobody_goes_where_it_went_before(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append(error))
    before = sys.excepthook
    manager = started(yard)
    undo = watch_uncaught(manager.unguarded.blame)
    error = ValueError()
    sys.excepthook(ValueError, error, None)
    undo()
    assert seen == [error]
    assert sys.excepthook is before


def test_a_break_that_hits_a_call_back_of_python_is_no_news_and_other_errors_there_are(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: seen.append(args.exc_type))
    before = sys.unraisablehook

    def drop(error: BaseException) -> None:
        def fail(_gone: object) -> None:
            raise error

        watched = weakref.ref(threading.Event(), fail)  # which ends at once
        assert watched() is None

    undo = watch_uncaught(started(yard).unguarded.blame)
    drop(PluginHang())
    drop(ValueError())
    undo()
    drop(PluginHang())
    assert seen == [ValueError, PluginHang]
    assert sys.unraisablehook is before


def test_sys_exit_ends_the_program_for_everybody_but_plugins(yard: Yard) -> None:
    manager = started(yard, "def leave(): sys.exit(2)\nclass Plugin: ...")
    real = sys.exit
    undo = hold_exit(manager.unguarded.plugins_by_package)
    try:
        with pytest.raises(PluginExit):
            function_of("leave")()
        with pytest.raises(SystemExit) as caught:
            sys.exit(5)
        assert caught.value.code == 5
    finally:
        undo()
    assert sys.exit is real
