"""Off the UI thread, too: who takes too long is named and broken off, nobody waits for it; time is charged right."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.plugins.manager.making import ONE_ACTION, Yard
from workloom.plugin_manager import aside_calls, hooks
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.sessions import OpenSession
from workloom.plugin_manager.ways import Way

BASE = """
class Specs:
    @hookspec
    def base_kinds(self, context, number: int) -> Sequence[str]: ...

class Plugin:
    @hook
    def session_started(self, context):
        context.marks.append(context.ask)
"""
ANSWERING = """
import time

class Plugin:
    @hook
    def base_kinds(self, context, number):
        {does}
"""
LONG = 10.0
QUICK = 0.3


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs that a test can wait for."""
    monkeypatch.setattr(hooks, "ANSWER_SECONDS", QUICK)
    monkeypatch.setattr(aside_calls, "MOST_WORK", QUICK)


@pytest.fixture
def asked(yard: Yard) -> Iterator[Callable[..., "Asked"]]:
    """Starts plugins that answer a hook of another one, each with a statement, and asks them off the UI thread."""
    made: list[Asked] = []

    def start(*does: str) -> "Asked":
        package = yard.package("base")
        manifest = f'desktop = "{package}.plugin:Plugin"\nhooks = "{package}.plugin:Specs"\n'
        yard.add("base", "from collections.abc import Sequence\n" + BASE, manifest)
        for number, does_ in enumerate(does):
            yard.add(f"p{number}", ANSWERING.format(does=does_), f'requires = ["base"]\norder = {number}\n')
        made.append(Asked(yard))
        return made[-1]

    yield start
    for one in made:
        one.manager.guard.calls.thread = 0


class Asked:
    """Plugins that are asked."""

    def __init__(self, yard: Yard) -> None:
        self.manager: PluginManager = yard.manager()
        self.session: OpenSession = yard.open(self.manager)
        self.manager.guard.calls.thread = threading.get_ident()
        self._ask: Any = yard.marks[0]
        self._hook: Any = sys.modules[f"{yard.package('base')}.plugin"].Specs.base_kinds

    def answers(self) -> list[object]:
        """What they answer, asked from another thread."""
        found: list[object] = []
        asking = threading.Thread(target=lambda: found.extend(self._ask(self._hook, 5)))
        asking.start()
        asking.join(LONG)
        assert not asking.is_alive()
        return found

    def faults(self) -> list[tuple[str, str, str]]:
        """Plugin, place and error of each fault."""
        return [(fault.plugin, fault.where, fault.error) for fault in self.manager.faults()]


def until(seen: Callable[[], bool]) -> None:
    """Wait for something."""
    end = time.monotonic() + LONG
    while not seen():
        assert time.monotonic() < end, "it has not come"
        time.sleep(0.01)


def threads() -> int:
    """Threads of calls that somebody waits for."""
    return sum(thread.name.startswith("hook base_kinds of ") for thread in threading.enumerate())


@pytest.mark.parametrize("does", ["while True: pass", "time.sleep(2)"], ids=["a loop", "a call of C"])
def test_who_does_not_answer_another_plugins_hook_in_time_is_named_and_the_others_are_heard(
    asked: Callable[..., Asked], does: str
) -> None:
    some = asked("return ['first']", does, "return ['last']")
    began = time.monotonic()
    assert some.answers() == [("first",), ("last",)]
    assert time.monotonic() - began < 1.9
    until(lambda: some.faults() == [("p1", "hook base_kinds", "TimeoutError")])
    assert "p1_of_the_tests/plugin.py" in some.manager.faults()[0].trace
    assert some.manager.faults()[0].said == "no answer within 0.3 seconds"


def test_a_loop_is_broken_off_so_that_its_thread_ends_and_it_can_be_asked_again(asked: Callable[..., Asked]) -> None:
    some = asked("while True: pass")
    assert some.answers() == []
    until(lambda: threads() == 0)
    assert some.answers() == []
    until(lambda: len(some.faults()) == 2)


def test_who_has_not_come_back_is_not_asked_again_before_and_keeps_no_second_thread(
    asked: Callable[..., Asked],
) -> None:
    some = asked("time.sleep(1.5)")
    assert some.answers() == []
    began = time.monotonic()
    assert some.answers() == []
    assert time.monotonic() - began < QUICK
    assert threads() == 1
    until(lambda: threads() == 0)


@pytest.mark.parametrize(
    ("answer", "good", "said"),
    [
        ("None", [], "expected a sequence of str, found None. An empty one is ()."),
        ("'text'", [], "expected a sequence of str, found an object of type str. An empty one is ()."),
        ("['a', 5]", [("a",)], "expected str, found an object of type int"),
        ("5", [], "expected a sequence of str, found an object of type int. An empty one is ()."),
    ],
)
def test_what_does_not_fit_the_specification_is_the_fault_of_who_answers_it(
    asked: Callable[..., Asked], answer: str, good: list[object], said: str
) -> None:
    some = asked(f"return {answer}", "return ('b',)")
    assert some.answers() == [*good, ("b",)]
    (fault,) = some.manager.faults()
    assert (fault.plugin, fault.where) == ("p0", "hook base_kinds")
    assert fault.said.endswith(f"p0_of_the_tests/plugin.toml: {said}")


def test_an_answer_that_comes_piece_by_piece_is_made_in_its_time_too(asked: Callable[..., Asked]) -> None:
    some = asked("yield 'a'\n        while True: pass", "yield 'b'")
    assert some.answers() == [("b",)]
    until(lambda: some.faults() == [("p0", "hook base_kinds", "TimeoutError")])


def guard_of(yard: Yard, code: str) -> tuple[PluginGuard, Any, PluginManager]:
    """A guard with one plugin, and the module of that."""
    yard.add("acme", ONE_ACTION + code)
    manager = yard.manager()
    yard.open(manager)
    return manager.guard, sys.modules[f"{yard.package('acme')}.plugin"], manager


def apart(work: Callable[[], object]) -> list[object]:
    """What a function returns on another thread."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join(LONG)
    assert not thread.is_alive()
    return found


def test_a_read_that_works_for_ever_is_named_and_broken_off_and_one_that_waits_is_left_alone(yard: Yard) -> None:
    code = "import time\n\ndef loop():\n    while True: pass\n\ndef wait():\n    time.sleep(1)\n    return 'done'\n"
    guard, acme, manager = guard_of(yard, code)
    manager.guard.calls.thread = threading.get_ident()
    assert apart(lambda: guard.call("acme", "read", acme.wait)) == ["done"]
    assert manager.faults() == ()
    assert apart(lambda: guard.call("acme", "read", acme.loop)) == [None]
    assert [(fault.plugin, fault.where, fault.error) for fault in manager.faults()] == [("acme", "read", "PluginHang")]
    manager.guard.calls.thread = 0


def test_a_loop_that_catches_everything_is_broken_off_again_until_it_ends(yard: Yard) -> None:
    code = """
def stubborn():
    for _ in range(2):
        try:
            while True: pass
        except BaseException:
            pass
    while True: pass
"""
    guard, acme, manager = guard_of(yard, code)
    manager.guard.calls.thread = threading.get_ident()
    assert apart(lambda: guard.call("acme", "read", acme.stubborn)) == [None]
    assert len(manager.faults()) == 1
    manager.guard.calls.thread = 0


def test_a_thread_is_broken_off_in_code_of_the_plugin_and_never_in_that_of_the_desktop() -> None:
    calls = aside_calls.AsideCalls(lambda *_told: None)
    calls.packages = {"acme": "acme"}
    code = test_a_thread_is_broken_off_in_code_of_the_plugin_and_never_in_that_of_the_desktop.__code__

    def ways(*modules: str) -> list[Way]:
        return [Way(number, code, 1, module) for number, module in enumerate(modules)]

    guard = "workloom.plugin_manager.guard"
    can = calls._in_plugin  # noqa: SLF001  # where it is aimed cannot be seen otherwise
    assert can(ways("acme.client", guard))
    assert can(ways("socket", "http.client", "acme.client", "workloom.shell.plugin_context", guard))
    assert not can(ways("workloom.adapters.sqlite.store", "acme.client", guard))
    assert not can(ways("threading", "workloom.services.backend", "acme.client", guard))
    assert not can(ways("threading", guard))


def test_a_break_never_comes_out_of_the_guard_however_close_to_the_end_of_a_call_it_is_sent(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside_calls, "LOOK", 0.0005)
    code = "import time\n\ndef work(until):\n    while time.perf_counter() < until: pass\n    return 'done'\n"
    guard, acme, manager = guard_of(yard, code)
    manager.guard.calls.thread = threading.get_ident()
    ends = 0.01
    answers: list[object] = []

    def rounds() -> None:
        for number in range(200):  # around the time-out: some are broken off, some are not
            until_ = time.perf_counter() + ends + (number % 20 - 10) / 4000
            answers.append(guard.call("acme", "read", acme.work, until_, seconds=ends))

    apart(rounds)
    assert len(answers) == 200
    assert set(answers) == {None, "done"}
    assert {fault.error for fault in manager.faults()} == {"TimeoutError"}
    manager.guard.calls.thread = 0


NESTED = (
    "import time\n\ndef outer(call):\n    time.sleep(0.02)\n    return call()\n\ndef inner():\n    time.sleep(0.2)\n"
)


@pytest.mark.parametrize("where", ["the UI thread", "another thread", "a thread that is waited for"])
def test_time_is_charged_to_the_plugin_that_spent_it_and_not_to_who_asked_it(yard: Yard, where: str) -> None:
    guard, acme, manager = guard_of(yard, NESTED)
    if where == "a thread that is waited for":
        call = lambda: guard.call_in_time("inner", "hook of_acme", acme.inner, seconds=5)  # noqa: E731
    else:
        call = lambda: guard.call("inner", "hook of_acme", acme.inner)  # noqa: E731
    manager.guard.calls.thread = threading.get_ident() if where == "the UI thread" else 1
    guard.call("acme", "then", acme.outer, call)
    manager.guard.calls.thread = 0
    times = {(one.plugin, one.where): one.longest for one in manager.inspector.timings()}
    assert times["inner", "hook of_acme"] >= 199
    assert 19 <= times["acme", "then"] < 150
    took = {(one.plugin, one.where): one.took for one in manager.inspector.trace()}
    assert took["acme", "then"] == pytest.approx(times["acme", "then"])


def test_a_hook_for_each_event_is_not_charged_with_what_it_has_others_do(yard: Yard) -> None:
    guard, acme, manager = guard_of(yard, NESTED)
    from workloom.plugin_manager.guard import Implementation

    manager.guard.calls.thread = threading.get_ident()
    inner = lambda: guard.call("inner", "view inner.view", acme.inner)  # noqa: E731
    place = guard.meter.place("acme", "hook interaction_changed")
    told = Implementation("acme", place, lambda _context: acme.outer(inner))
    after = Implementation("last", guard.meter.place("last", "hook interaction_changed"), lambda _context: None)
    guard.tell([told, after], {"acme": object(), "last": object()}, ())
    manager.guard.calls.thread = 0
    times = {(one.plugin, one.where): one.longest for one in manager.inspector.timings()}
    assert 19 <= times["acme", "hook interaction_changed"] < 150
    assert times["last", "hook interaction_changed"] < 100
    assert times["inner", "view inner.view"] >= 199
