"""Bugs that are put in on purpose: the verdict of the simulation names the promise that each of them breaks."""

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from tests.simulation.broken import simulate
from tests.simulation.bugs import (
    AgeForgotten,
    Bug,
    DoneIsNotLogged,
    DoneTwice,
    DoubledInsert,
    FenceStays,
    IntoNowhere,
    KeysForgotten,
    LoadsForgotten,
    LostHandlingTimer,
    LostInsert,
    LostTimer,
    NobodyIsSilent,
    NoDeadline,
    OfferedTwice,
    OffersForgotten,
    OfferWithoutEnd,
    OwnerForgotten,
    PlacesAreNotLogged,
    SaveForgotten,
    StaleReads,
    forget,
    without_fence,
)
from workloom.simulation.scenario import Habits, Scenario

SHIFT = Scenario(
    seed=3,
    agents=6,
    items=50,
    hours=2.0,
    habits=Habits(forgets=0.05, retries=0.2, reopens=0.2, works_between_crashes=3600.0),
)
SLOW = Habits(ignores=0.3, answer=1000.0, forgets=1.0, works_between_crashes=1e9)
"""Nobody lets go of an item before its time is over, so that all have as many as they may, and offers take long."""
LOST = Habits(works_between_crashes=600.0, gone_after_crash=1e6)
"""Each desktop dies within the shift, and its agent does not come back."""
FLOORS: Mapping[str, tuple[Habits, int]] = {"usual": (SHIFT.habits, 500), "slow": (SLOW, 200), "lost": (LOST, 90)}
"""Events that a shift with such habits writes at least without a bug."""


BUGS: Mapping[str, Bug] = {
    "an item is dropped at its intake": Bug("I1", {"items": LostInsert}),
    "an item is taken in twice": Bug("I1", {"items": DoubledInsert}),
    "an item goes into a workbin that is not there": Bug("I1", {"items": IntoNowhere}),
    "no fence is checked": Bug("I2", {}, without_fence),
    "the fence does not rise": Bug("I2", {"items": FenceStays}),
    "an offer is accepted that was withdrawn or is somebody else's": Bug("I2", {"items": StaleReads}),
    "the same item is offered twice": Bug("I2", {"events": OfferedTwice}),
    "an item is done twice": Bug("I3", {"events": DoneTwice}),
    "idempotency keys are forgotten": Bug("I3", {"keys": KeysForgotten}),
    "the timer of offers is lost": Bug("I5", {"due": LostTimer}, habits=SLOW),
    "the timer of handling is lost": Bug("I5", {"due": LostHandlingTimer}, habits=SLOW),
    "an offer lives longer than it says": Bug("I5", {"items": OfferWithoutEnd}, habits=SLOW),
    "an item is with an agent without end": Bug("I5", {"items": NoDeadline}),
    "dead desktops are not noticed": Bug("I5", {"sessions": NobodyIsSilent}, habits=LOST),
    "an item loses its age when it comes back": Bug("I5", {"items": AgeForgotten}),
    "capacity is ignored": Bug("I6", {"items": LoadsForgotten}),
    "offers do not count against capacity": Bug("I6", {"items": OffersForgotten}, habits=SLOW),
    "done leaves no audit row": Bug("I7", {"events": DoneIsNotLogged}),
    "a move leaves no audit row": Bug("I7", {"events": PlacesAreNotLogged}),
    "a change is logged and not made": Bug("I7", {"items": SaveForgotten}),
    "the sender of a transfer loses the item too early": Bug("I7", {"items": OwnerForgotten}),
}


def broken(report: Any) -> set[str]:
    return {promise.name for promise in report.promises if promise.broken}


@pytest.mark.parametrize("habits", FLOORS)
def test_without_a_bug_every_promise_holds(habits: str) -> None:
    people, floor = FLOORS[habits]
    report = simulate(replace(SHIFT, habits=people), {})
    assert report.holds
    assert report.events >= floor


@pytest.mark.parametrize("name", BUGS)
def test_the_verdict_names_the_promise_that_a_bug_breaks(name: str) -> None:
    bug = BUGS[name]
    forget()
    report = simulate(replace(SHIFT, habits=bug.habits or SHIFT.habits), bug.breaks, bug.change)
    assert bug.promise in broken(report)
    assert f"{bug.promise} BROKEN" in report.table()
