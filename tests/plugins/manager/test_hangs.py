"""A plugin that holds up the window is named, broken off and, when it cannot be broken, paused once it returns."""

import sys
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterator, Sequence

import pytest

from tests.plugins.manager.making import ONE_ACTION, Yard
from tests.plugins.manager.test_containment import HOOKS, run_session
from workloom.plugin_manager import watchdog
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.ui_calls import PluginHang
from workloom.plugin_manager.watchdog import BEAT, Patience, Watchdog, _Look
from workloom.plugin_manager.ways import Way, ways_of

QUICK = Patience(named=0.1, stuck=0.4)
LONG = 10.0
"""Seconds after which a test gives up: ten times what a person is promised."""
Watch = Callable[[PluginManager], Watchdog]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Watches this thread, which beats only when the test lets it."""
    dogs: list[Watchdog] = []

    def begin(manager: PluginManager) -> Watchdog:
        dogs.append(Watchdog(QUICK))
        dogs[-1].watch(manager.unguarded)
        return dogs[-1]

    yield begin
    for dog in dogs:
        dog.end()


def function_of(yard: Yard, id_: str, name: str) -> Callable[..., object]:
    """A function of a plugin's module."""
    function: Callable[..., object] = getattr(sys.modules[f"{yard.package(id_)}.plugin"], name)
    return function


@pytest.mark.parametrize("hook", HOOKS)
def test_an_endless_loop_in_any_hook_is_broken_off_and_named_and_the_others_are_called(
    yard: Yard, watch: Watch, hook: str
) -> None:
    more = ", event" if hook == "interaction_changed" else ""
    yard.add("hostile", f"class Plugin:\n    @hook\n    def {hook}(self, context{more}):\n        while True: pass\n")
    mark = (
        f"    @hook\n    def {hook}(self, context{more}):\n        context.marks.append('called')\n        return ()\n"
    )
    yard.add("other", f"class Plugin:\n{mark}")
    manager = yard.manager()
    watch(manager)
    began = time.monotonic()
    run_session(yard, manager)
    assert time.monotonic() - began < LONG
    assert [(fault.plugin, fault.where, fault.error) for fault in manager.faults()] == [
        ("hostile", f"hook {hook}", "PluginHang")
    ]
    assert "hostile_of_the_tests/plugin.py" in manager.faults()[0].trace
    assert yard.marks == ["called"]


@pytest.mark.parametrize("when", ["import", "start"])
def test_an_endless_loop_before_the_plugin_runs_refuses_it(yard: Yard, watch: Watch, when: str) -> None:
    loop = "while True: pass"
    start = f"class Plugin:\n    def __init__(self):\n        {loop}\n"
    code = f"{loop}\nclass Plugin: ..." if when == "import" else start
    yard.add("hostile", code)
    yard.add("other")
    manager = yard.manager()
    watch(manager)
    yard.open(manager)
    hostile, other = manager.infos()
    assert (hostile.state, other.state) == ("refused", "running")
    assert hostile.reason.startswith(f"It failed in its {when}: PluginHang: it held up the window for ")


def test_a_blocking_call_is_named_while_it_blocks_and_the_plugin_is_paused_when_it_returns(
    yard: Yard, watch: Watch
) -> None:
    yard.add("hostile", ONE_ACTION + "def block(seconds):\n    import time\n    time.sleep(seconds)\n")
    later: list[Callable[[], None]] = []
    manager = yard.manager(soon=later.append)
    yard.open(manager)
    dog = watch(manager)
    named: list[float] = []
    began = time.monotonic()
    manager.on_fault(lambda fault: named.append(time.monotonic() - began))
    assert manager.guard.call("hostile", "action hostile.act", function_of(yard, "hostile", "block"), 1.0) is None
    assert named[0] < 0.9
    first, *_rest, last = manager.faults()
    assert (first.where, first.error, first.paused) == ("action hostile.act", "PluginHang", False)
    assert "in block" in first.trace
    assert last.paused
    dog.beat()
    later[-1]()
    (info,) = manager.infos()
    assert info.state == "paused"
    assert info.reason.startswith("In action hostile.act, it held up the window for 0.4 s")


def test_a_call_of_c_that_lets_nobody_look_is_named_when_it_returns_and_paused_if_it_took_long(
    yard: Yard, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "KEPT", 0.05)
    yard.add("hostile", ONE_ACTION + "def total(number):\n    found = sum(range(number))\n    return found > 0\n")
    manager = yard.manager()
    yard.open(manager)
    watch(manager)
    manager.guard.call("hostile", "action hostile.act", function_of(yard, "hostile", "total"), 120_000_000)
    until = time.monotonic() + LONG
    while manager.infos()[0].state != "paused" and time.monotonic() < until:
        time.sleep(0.01)  # the watchdog looks when it can
    (fault,) = manager.faults()
    assert (fault.plugin, fault.where, fault.error) == ("hostile", "action hostile.act", "PluginHang")
    assert fault.paused
    assert [info.state for info in manager.infos()] == ["paused"]


def test_the_plugin_that_loops_is_blamed_and_not_the_one_that_it_calls_again_and_again(
    yard: Yard, watch: Watch
) -> None:
    yard.add("inner", ONE_ACTION + "def quick(): pass\n")
    yard.add("outer", ONE_ACTION + "def loop(call):\n    while True: call()\n")
    manager = yard.manager()
    yard.open(manager)
    watch(manager)
    quick = function_of(yard, "inner", "quick")
    again = lambda: manager.guard.call("inner", "action inner.act", quick)  # noqa: E731  # the loop calls it
    assert manager.guard.call("outer", "action outer.act", function_of(yard, "outer", "loop"), again) is None
    assert {(fault.plugin, fault.where) for fault in manager.faults()} == {("outer", "action outer.act")}


def looks(*calls: Sequence[tuple[int, str]], new: Collection[str] = ()) -> list[tuple[int, str]]:
    """The hangs that a watchdog of usual patience sees, each with the number of the look; innermost calls first.

    `new`: the plugins whose call is another one at each look.
    """
    look = _Look(Patience(), None)
    code = looks.__code__
    ways = [[Way(frame, code, 1, plugin, plugin in new) for frame, plugin in each] for each in calls]
    plugins = {"outer": "outer", "inner": "inner"}
    found = [look.at(each, plugins) for each in ways]
    return [(number, hang.plugin) for number, hang in enumerate(found, start=1) if hang is not None]


@pytest.mark.parametrize("before", range(10))
def test_a_plugin_is_not_blamed_for_another_one_that_does_not_end_in_the_middle_of_its_own_work(before: int) -> None:
    own, nested = [(1, "outer")], [(2, "inner"), (1, "outer")]
    (first, *_more) = looks(*[own] * before, *[nested] * 15)
    assert first[1] == "inner"
    assert first[0] - before <= 11  # half a second after its own call has begun, and a look


def test_a_plugin_that_calls_another_again_and_again_is_blamed_itself_within_a_second() -> None:
    (first, *_more) = looks(*[[(number, "inner"), (1, "outer")] for number in range(10, 30)])
    assert first[1] == "outer"
    assert first[0] <= 15


def test_short_calls_are_not_taken_for_one_that_lasts_though_python_gives_each_the_same_identity() -> None:
    assert looks(*[[(1, "inner")]] * 30, new=["inner"]) == []
    (first, *_more) = looks(*[[(2, "inner"), (1, "outer")]] * 20, new=["inner"])
    assert first[1] == "outer"


def test_each_loop_is_a_fault_though_another_follows_before_the_window_is_back(yard: Yard, watch: Watch) -> None:
    yard.add("hostile", ONE_ACTION + "def loop():\n    while True: pass\n")
    manager = yard.manager()
    yard.open(manager)
    watch(manager)
    loop = function_of(yard, "hostile", "loop")
    for _ in range(4):
        assert manager.guard.call("hostile", "action hostile.act", loop) is None
    assert [fault.paused for fault in manager.faults()] == [False, False, False, True]


def test_a_loop_that_catches_everything_is_broken_off_again_until_it_ends(yard: Yard, watch: Watch) -> None:
    code = """
    def stubborn():
        for _ in range(3):
            try:
                while True: pass
            except BaseException:
                pass
        while True: pass
    """
    from textwrap import dedent

    yard.add("hostile", ONE_ACTION + dedent(code))
    manager = yard.manager()
    yard.open(manager)
    watch(manager)
    assert manager.guard.call("hostile", "action hostile.act", function_of(yard, "hostile", "stubborn")) is None
    assert {fault.error for fault in manager.faults()} == {"PluginHang"}


def test_what_takes_its_time_in_the_desktop_itself_or_beats_is_left_alone(yard: Yard, watch: Watch) -> None:
    yard.add(
        "acme",
        ONE_ACTION
        + "def patient(beat):\n    import time\n    for _ in range(30):\n        time.sleep(0.01)\n        beat()\n",
    )
    manager = yard.manager()
    yard.open(manager)
    dog = watch(manager)
    manager.guard.call("acme", "action acme.act", function_of(yard, "acme", "patient"), dog.beat)
    time.sleep(0.3)
    assert manager.faults() == ()


def test_a_break_never_comes_out_of_the_guard_however_close_to_the_end_of_a_call_it_is_sent(yard: Yard) -> None:
    yard.add("acme", ONE_ACTION)
    manager = yard.manager()
    yard.open(manager)
    calls = manager.guard.calls
    calls.thread = threading.get_ident()
    ended = threading.Event()
    sent: list[bool] = []

    def shoot() -> None:
        while not ended.is_set():
            sent.append(calls.break_off("acme", guarded=True))
            time.sleep(0.001)  # no watchdog sends a second before the first has arrived

    shooter = threading.Thread(target=shoot)
    shooter.start()
    try:
        until = time.monotonic() + LONG
        while sent.count(True) < 20 and time.monotonic() < until:
            manager.guard.call("acme", "action acme.act", sum, range(50))
    finally:
        ended.set()
        shooter.join()
        calls.thread = 0
    assert sent.count(True) >= 20
    assert calls.stack == []


def test_a_break_in_a_slot_is_nobodys_unforeseen_error(yard: Yard) -> None:
    yard.add("acme")
    manager = yard.manager()
    yard.open(manager)
    assert manager.unguarded.blame(PluginHang(), "slot")
    assert manager.faults() == ()


def test_a_plugin_that_gets_little_time_on_a_busy_machine_is_not_taken_for_one_that_hangs() -> None:
    worked = 0.0

    def work() -> float:
        nonlocal worked
        worked += 0.006  # of each 50 ms
        return worked

    ways_of(threading.get_ident())
    here = ways_of(threading.get_ident())[1:]  # looked at once more; stands for a frame of a plugin
    plugins = {__name__.partition(".")[0]: "acme"}
    look = _Look(Patience(), work)
    assert [look.at(here, plugins) for _ in range(60)] == [None] * 60
    hangs = [hang for _ in range(60) if (hang := look.at(here, plugins))]
    assert [(hang.plugin, hang.stuck) for hang in hangs] == [("acme", False)]
    rests = _Look(Patience(), lambda: 1.0)
    assert [rests.at(here, plugins) is None for _ in range(10)] == [True] * 9 + [False]


def test_nothing_that_the_window_has_let_go_of_is_kept_alive_by_looking_at_it(yard: Yard, watch: Watch) -> None:
    """A painter that ends on another thread, or late, can end the program."""

    class Painter:
        """Stands for what a function holds."""

    def paint() -> "weakref.ref[Painter]":
        painter = Painter()
        time.sleep(BEAT * 3)  # no beat: the watchdog looks
        return weakref.ref(painter)

    watch(yard.manager())
    assert [paint()() for _time in range(5)] == [None] * 5


def test_what_a_function_holds_ends_on_its_own_thread_whenever_another_looks_at_it() -> None:
    here, ended_on = threading.get_ident(), set[int]()
    ended = threading.Event()

    class Painter:
        """Stands for what a function holds."""

        def __del__(self) -> None:
            ended_on.add(threading.get_ident())

    def paint() -> None:
        painter = Painter()  # noqa: F841  # held to the end of the function
        time.sleep(0)  # as Qt does: another thread may go on

    def look() -> None:
        while not ended.is_set():
            ways_of(here)

    patience = sys.getswitchinterval()
    looking = threading.Thread(target=look)
    sys.setswitchinterval(1e-6)
    try:
        looking.start()
        for _ in range(5_000):
            paint()
    finally:
        ended.set()
        looking.join()
        sys.setswitchinterval(patience)
    assert ended_on == {here}


def test_the_way_of_a_thread_is_told_from_the_innermost_function_on() -> None:
    inner, outer = ways_of(threading.get_ident()), [here := sys._getframe()]  # noqa: SLF001  # to compare with
    while (here := here.f_back) is not None:  # type: ignore[assignment]  # the stub forgets it
        outer.append(here)
    assert [one.code for one in inner[1:]] == [one.f_code for one in outer]
    assert (inner[1].frame, inner[1].module) == (id(outer[0]), __name__)
    assert ways_of(0) == []


def test_a_call_is_new_when_it_is_looked_at_first_and_the_next_call_is_again() -> None:
    def looked() -> list[bool]:
        return [ways_of(threading.get_ident())[1].is_new for _time in range(2)]

    assert [looked() for _call in range(5)] == [[True, False]] * 5


def test_what_a_debugger_waits_for_in_a_function_is_left_there(monkeypatch: pytest.MonkeyPatch) -> None:
    here = sys._getframe()  # noqa: SLF001  # what a debugger asks for
    monkeypatch.setattr(here, "f_trace", print)
    ways_of(threading.get_ident())
    assert here.f_trace is print
