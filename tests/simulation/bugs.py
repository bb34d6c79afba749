"""Parts that do something wrong, each to be put in the place of a sound one through a port of the store."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tests.simulation.broken import Breaks, Part
from workloom.domain.commands import Command
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Offer, State
from workloom.domain.presence import Presence, Session
from workloom.services.ports_due import Reservation, Stream, Waiting
from workloom.simulation.scenario import Habits


class Bug(Struct, frozen=True):
    """What is broken, and the promise that must be found broken.

    `habits`: of people who come upon it again and again, None = as usual.
    """

    promise: str
    breaks: Breaks = {}
    change: Callable[[Command], Command] | None = None
    habits: Habits | None = None


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
        return item if item.offer is None else replace(item, offer=self.longer(item.offer))

    def reserve(self, reservations: Sequence[Reservation]) -> None:
        self.part.reserve([replace(each, offer=self.longer(each.offer)) for each in reservations])

    @staticmethod
    def longer(offer: Offer) -> Offer:
        return replace(offer, deadline=offer.deadline + timedelta(days=1))


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

    def reserve(self, reservations: Sequence[Reservation]) -> None:
        self.part.reserve([each for each in reservations if not self.is_wrong_now()])


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

    def silent(self, since: datetime) -> tuple[Session, ...]:
        return ()

    def first_heard(self) -> datetime | None:
        return None


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


class NaiveSelect(Part):
    """Routing looks for waiting items in what it has read before."""

    read: dict[tuple[str, str], dict[str, Waiting]] = {}  # noqa: RUF012 - shared over the transactions on purpose

    def waiting(self, stream: Stream, now: datetime, **more: Any) -> tuple[Waiting, ...]:
        known = self.read.setdefault((stream.queue, stream.workbin), {})
        known.update({item.id: item for item in self.part.waiting(stream, now, **more)})
        return tuple(known.values())


class BlindSave(Part):
    """Items are saved whatever has become of them meanwhile."""

    def save(self, item: Interaction, *, before: Interaction) -> None:
        now = self.part.get(item.id)
        self.part.save(replace(item, fence=max(item.fence, now.fence)), before=replace(before, fence=now.fence))

    def reserve(self, reservations: Sequence[Reservation]) -> None:
        for each in reservations:
            now = self.part.get(each.item.id)
            self.part.save(replace(now, state=State.OFFERED, offer=each.offer), before=now)


class StaleSite(Part):
    """The configuration is read once and never again: who has left a group is still offered its work."""

    first: list[tuple[int, Any]] = []  # noqa: RUF012 - shared over the transactions on purpose

    def version(self) -> int:
        found: int = self.part.version()
        if found and not self.first:
            self.first.append((found, self.part.all()))
        return self.first[0][0] if found else 0

    def all(self) -> Any:
        return self.first[0][1] if self.first else self.part.all()


class AlwaysReady(Part):
    """Routing takes everybody who is logged in for ready."""

    def all(self) -> tuple[Session, ...]:
        return tuple(
            replace(
                session,
                channels=tuple(replace(channel, state=Presence.READY) for channel in session.channels),
            )
            for session in self.part.all()
        )


class HoldsNeverEnd(NoTimer):
    def holds(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return ()


class HoldForgotten(Saves):
    """An item that is put elsewhere forgets that it is held."""

    def wrong(self, item: Interaction, before: Interaction) -> Interaction:
        return replace(item, held_at=None, held_until=None)


def without_fence(command: Command) -> Command:
    return replace(command, fence=0)


def forget() -> None:
    """Let every part begin anew, so that the same run goes wrong in the same way."""
    Nth.calls = 0
    StaleReads.kept.clear()
    NaiveSelect.read.clear()
    StaleSite.first.clear()
