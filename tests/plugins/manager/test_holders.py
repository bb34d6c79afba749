"""Who holds something is told by the names that an author knows: of variables, functions and kinds of objects."""

import gc
from collections import deque
from collections.abc import Callable
from functools import partial

import pytest

from tests.plugins.manager.making import Yard
from workloom.plugin_manager.holders import STEPS, holders_of

HERE = __name__


class Thing:
    """Something to hold."""

    def use(self) -> None:
        """A method, which holds its object."""


class Keeper:
    """Somebody who holds it."""

    def __init__(self, kept: object) -> None:
        self.kept = kept


KEPT: list[object] = []


def in_a_closure(thing: Thing) -> Callable[[], Thing]:
    """A function of which the thing is a variable."""

    def closure() -> Thing:
        return thing

    return closure


@pytest.mark.parametrize(
    ("hold", "told"),
    [
        (lambda thing: thing, {f"{HERE}.KEPT"}),
        (lambda thing: {"a": (1, thing)}, {f"{HERE}.KEPT"}),
        (lambda thing: deque([frozenset((thing,))]), {f"{HERE}.KEPT"}),
        (in_a_closure, {f"{HERE}.in_a_closure.<locals>.closure"}),
        (lambda thing: partial(print, thing), {f"{HERE}.KEPT", "builtins.print"}),
        (lambda thing: partial(in_a_closure, thing), {f"{HERE}.KEPT", f"{HERE}.in_a_closure"}),
        (lambda thing: thing.use, {f"{HERE}.KEPT", f"{HERE}.Thing.use"}),
        (Keeper, {f"{HERE}.Keeper"}),
        (lambda thing: Keeper({"a": [thing]}), {f"{HERE}.Keeper"}),
        (lambda thing: type("Kind", (), {"kept": thing}), {f"{HERE}.Kind"}),
    ],
)
def test_a_holder_is_told_by_its_name(hold: Callable[[Thing], object], told: set[str]) -> None:
    thing = Thing()
    KEPT.append(hold(thing))
    try:
        assert set(holders_of([thing])[0]) == told
    finally:
        KEPT.clear()


def test_what_only_runs_just_now_is_no_holder_and_who_holds_something_else_neither() -> None:
    thing, other = Thing(), Thing()
    keeper = Keeper(other)
    assert holders_of([thing, other]) == ((), (f"{HERE}.Keeper",))
    assert keeper.kept is other


def test_who_holds_two_things_in_different_ways_is_told_of_both() -> None:
    near, far = Thing(), Thing()
    shared = [near, [far]]
    keeper = Keeper(shared)
    assert holders_of([near, far]) == ((f"{HERE}.Keeper",),) * 2
    assert keeper.kept is shared


def test_nothing_is_asked_of_nobody() -> None:
    assert holders_of([]) == ()


def test_all_objects_are_walked_through_once_for_each_step_and_not_for_each_leak(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps = "KEPT = []\nclass Plugin:\n    @hook\n    def session_started(self, context): KEPT.append(context)\n"
    for number in range(30):
        yard.add(f"acme{number}", keeps)
    manager = yard.manager()
    yard.open(manager).close()
    walks: list[int] = []
    walk = gc.get_referrers

    def counted(*ones: object) -> list[object]:
        walks.append(len(ones))
        found: list[object] = walk(*ones)
        return found

    monkeypatch.setattr(gc, "get_referrers", counted)
    leaks = manager.leaks()
    assert {leak.plugin: leak.holders for leak in leaks} == {
        f"acme{number}": (f"acme{number}_of_the_tests.plugin.KEPT",) for number in range(30)
    }
    assert len(walks) <= STEPS
