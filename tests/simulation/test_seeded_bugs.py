"""Bugs that are put in on purpose: the verdict of the simulation names the promise that each of them breaks."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.simulation.broken import Breaks, Part, simulate
from workloom.domain.commands import Command
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, State
from workloom.domain.presence import Session
from workloom.simulation.scenario import Habits, Scenario

SHIFT = Scenario(
    seed=3,
    agents=6,
    items=70,
    hours=3.0,
    habits=Habits(forgets=0.05, retries=0.2, reopens=0.2, works_between_crashes=3600.0),
)
FLOOR = 500
"""Events that the shift writes at least without a bug."""


class Nth(Part):
    """A part that does something wrong each so many times."""

    every = 7

    def __init__(self, part: Any) -> None:
        super().__init__(part)

    calls = 0

    def is_wrong_now(self) -> bool:
        """Counts over all transactions of the run; each test sets the count to 0."""
        Nth.calls += 1
        return Nth.calls % self.every == 0


class LostInsert(Nth):
    def insert(self, item: Interaction) -> None:
        if not self.is_wrong_now():
            self.part.insert(item)


class DoubledInsert(Nth):
    def insert(self, item: Interaction) -> None:
        self.part.insert(item)
        if self.is_wrong_now():
            self.part.insert(replace(item, id=f"{item.id}-again"))


class Saves(Nth):
    """Items that are saved otherwise than was decided; a subclass says how in `wrong`."""

    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        return item

    def save(self, item: Interaction, *, before: Interaction) -> None:
        self.part.save(self.wrong(item, before), before=before)


class FenceStays(Saves):
    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        return replace(item, fence=before.fence)


class NoDeadline(Saves):
    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        return replace(item, handling_until=None)


class OfferWithoutEnd(Saves):
    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        if item.offer is None:
            return item
        return replace(item, offer=replace(item.offer, deadline=item.offer.deadline + timedelta(days=1)))


class AgeForgotten(Saves):
    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        if item.state is State.QUEUED and before.state is not State.QUEUED:
            return replace(item, queue_since={**item.queue_since, item.queue: item.placed_at + timedelta(seconds=1)})
        return item


class IntoNowhere(Saves):
    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        if item.state is State.IN_WORKBIN:
            return replace(item, workbin="a-workbin-that-is-not-there")
        return item


class OwnerForgotten(Saves):
    """A transfer that is offered already takes the item from its sender."""

    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        if item.offer is not None and item.assigned_to:
            return replace(item, assigned_to="", state=State.OFFERED, session="")
        return item


class SaveForgotten(Nth):
    every = 40

    def save(self, item: Interaction, *, before: Interaction) -> None:
        if not self.is_wrong_now():
            self.part.save(item, before=before)


class LoadsForgotten(Part):
    def loads(self) -> Mapping[str, Mapping[str, int]]:
        return {}


class OffersForgotten(Part):
    """Only items with agents count against their capacity, not what is offered to them."""

    def loads(self) -> Mapping[str, Mapping[str, int]]:
        loads = {person: dict(counts) for person, counts in self.part.loads().items()}
        for person, counts in loads.items():
            for item in self.part.offered_to(person):
                counts[item.media_type] -= 1
        return loads


class NoTimer(Part):
    """Nobody wakes the dispatcher for what is overdue and not brought up any more."""

    def next_instant(self, now: datetime) -> datetime | None:
        found: datetime | None = self.part.next_instant(now)
        if found is None or found > now:
            return found
        return found if self.offers(now, 1) or self.holds(now, 1) or self.handling(now, 1) else None


class LostTimer(NoTimer):
    """Offers never run out."""

    def offers(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return ()


class LostHandlingTimer(NoTimer):
    def handling(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return ()


class NobodyIsSilent(Part):
    """Agents whose desktops are dead are never lost."""

    def all(self) -> tuple[Session, ...]:
        sessions: tuple[Session, ...] = self.part.all()
        return tuple(replace(session, last_seen_at=session.last_seen_at + timedelta(days=1)) for session in sessions)


class Log(Part):
    """A log of events from which some are missing, or which has some twice."""

    kinds: frozenset[EventKind] = frozenset()
    times = 0

    def append(self, events: Iterable[Event]) -> None:
        for event in events:
            self.part.append([event] * (self.times if event.kind in self.kinds else 1))


class DoneIsNotLogged(Log):
    kinds = frozenset({EventKind.DONE})


class PlacesAreNotLogged(Log):
    kinds = frozenset({EventKind.PLACED_IN_QUEUE, EventKind.PLACED_IN_WORKBIN})


class DoneTwice(Log):
    kinds = frozenset({EventKind.DONE})
    times = 2


class OfferedTwice(Log):
    kinds = frozenset({EventKind.OFFERED})
    times = 2


class KeysForgotten(Part):
    def get(self, person: str, key: str) -> None:
        return None

    def insert(self, *_: object) -> None:
        """Not kept."""


class StaleReads(Nth):
    """An agent's command now and then sees the item as an earlier command left it."""

    kept: dict[str, Interaction] = {}  # noqa: RUF012 - shared over the transactions on purpose

    def get(self, item: str) -> Interaction | None:
        found: Interaction | None = self.part.get(item)
        if found is None:
            return None
        if found.offer is not None:
            self.kept[item] = found
        return self.kept.get(item, found)

    def save(self, item: Interaction, *, before: Interaction) -> None:
        now = self.part.get(item.id)
        self.part.save(item, before=replace(before, fence=now.fence))


def without_fence(command: Command) -> Command:
    return replace(command, fence=0)


class Bug(Struct, frozen=True):
    """What is broken, and the promise that the verdict must name."""

    promise: str
    breaks: Breaks
    change: Callable[[Command], Command] | None = None


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
    "the timer of offers is lost": Bug("I5", {"due": LostTimer}),
    "the timer of handling is lost": Bug("I5", {"due": LostHandlingTimer}),
    "an offer lives longer than it says": Bug("I5", {"items": OfferWithoutEnd}),
    "an item is with an agent without end": Bug("I5", {"items": NoDeadline}),
    "dead desktops are not noticed": Bug("I5", {"sessions": NobodyIsSilent}),
    "an item loses its age when it comes back": Bug("I5", {"items": AgeForgotten}),
    "capacity is ignored": Bug("I6", {"items": LoadsForgotten}),
    "offers do not count against capacity": Bug("I6", {"items": OffersForgotten}),
    "done leaves no audit row": Bug("I7", {"events": DoneIsNotLogged}),
    "a move leaves no audit row": Bug("I7", {"events": PlacesAreNotLogged}),
    "a change is logged and not made": Bug("I7", {"items": SaveForgotten}),
    "the sender of a transfer loses the item too early": Bug("I7", {"items": OwnerForgotten}),
}


def broken(report: Any) -> set[str]:
    return {promise.name for promise in report.promises if promise.broken}


def test_without_a_bug_every_promise_holds() -> None:
    report = simulate(SHIFT, {})
    assert report.holds
    assert report.events >= FLOOR


@pytest.mark.parametrize("name", BUGS)
def test_the_verdict_names_the_promise_that_a_bug_breaks(name: str) -> None:
    bug = BUGS[name]
    Nth.calls = 0
    StaleReads.kept.clear()
    report = simulate(SHIFT, bug.breaks, bug.change)
    assert bug.promise in broken(report)
    assert f"{bug.promise} BROKEN" in report.table()
