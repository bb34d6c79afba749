"""The log read back: what each item's events say of where it is and whose. It shares no code with what wrote them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec import Struct

from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, State
from workloom.domain.site import Site
from workloom.simulation.findings import Findings
from workloom.simulation.rooms import why_no_room
from workloom.simulation.statistics import Statistics

_FINISHING = frozenset(
    {EventKind.DONE, EventKind.CANCELED, EventKind.COMPLETED_BY_SOURCE, EventKind.CANCELED_BY_SOURCE}
)
_TAKING = frozenset({EventKind.ACCEPTED, EventKind.PULLED, EventKind.REOPENED})
_ANSWERS = frozenset({EventKind.REJECTED, EventKind.OFFER_EXPIRED})


class Entry(Struct, kw_only=True):
    """One item as its events tell it."""

    item: str
    media_type: str
    arrived: datetime
    state: State = State.QUEUED
    queue: str = ""
    workbin: str = ""
    workbin_owner: str = ""
    agent: str = ""
    taken_at: datetime
    offered_to: str = ""
    ticket: str = ""
    deadline: str = ""
    by_transfer: bool = False
    taken: bool = False

    def told(self) -> tuple[object, ...]:
        """What the record must say too."""
        in_workbin = self.state is State.IN_WORKBIN
        return (
            self.state,
            self.queue,
            self.workbin if in_workbin else "",
            self.workbin_owner if in_workbin else "",
            self.agent,
            self.offered_to,
            self.ticket,
        )


def kept(row: Interaction) -> tuple[object, ...]:
    """What the record says, to be compared with `Entry.told`."""
    in_workbin = row.state is State.IN_WORKBIN
    return (
        row.state,
        row.queue,
        row.workbin if in_workbin else "",
        row.workbin_owner if in_workbin else "",
        row.assigned_to,
        row.offer.agent if row.offer else "",
        row.offer.ticket if row.offer else "",
    )


class Ledger:
    """All items by their events; on the way it finds a second owner, a second done and an offer beyond capacity."""

    def __init__(
        self, site: Site, media_type_of: Callable[[str], str], findings: Findings, statistics: Statistics
    ) -> None:
        self._site = site
        self._media_type_of = media_type_of
        self._findings = findings
        self._statistics = statistics
        self.entries: dict[str, Entry] = {}
        self.kinds: Counter[str] = Counter()
        self._loads: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._places: dict[str, str] = {}

    def owner(self, item: str) -> str:
        """Who has the item, empty if nobody."""
        entry = self.entries.get(item)
        if entry is None:
            self._findings.add("I1", f"somebody works on {item}, which was never submitted")
        return entry.agent if entry else ""

    def resting_in(self, queue: str) -> Iterator[str]:
        """Items that wait in a queue, in the order in which they were taken in."""
        return (name for name, entry in self.entries.items() if entry.state is State.QUEUED and entry.queue == queue)

    def take(self, event: Event) -> None:
        """The next event."""
        self.kinds[event.kind.value] += 1
        if not event.item:
            self._of_person(event)
        elif event.kind is EventKind.SUBMITTED:
            self._submitted(event)
        elif event.item not in self.entries:
            self._findings.add("I1", f"{event.item} has {event.kind} before it was submitted")
        else:
            self._of_item(event, self.entries[event.item])

    def _of_person(self, event: Event) -> None:
        if event.kind is EventKind.LOGGED_IN:
            self._places[event.person] = str(event.detail.get("place", ""))
            self._statistics.came(event.person, event.at)
        elif event.kind in (EventKind.LOGGED_OFF, EventKind.AGENT_LOST):
            self._statistics.went(event.person, event.at)

    def _submitted(self, event: Event) -> None:
        if event.item in self.entries:
            self._findings.add("I1", f"{event.item} was submitted twice")
            return
        self.entries[event.item] = Entry(
            item=event.item,
            media_type=self._media_type_of(event.item),
            arrived=event.at,
            taken_at=event.at,
            queue=event.queue,
        )

    def _of_item(self, event: Event, entry: Entry) -> None:
        kind = event.kind
        if kind in (EventKind.OFFERED, EventKind.TRANSFER_OFFERED):
            self._offered(event, entry)
        elif kind in _TAKING:
            self._taken(event, entry)
        elif kind in _ANSWERS or (kind is EventKind.REVOKED and "ticket" in event.detail):
            self._offer_ended(event, entry)
        elif kind in _FINISHING:
            if entry.state is State.FINISHED:
                self._findings.add("I3", f"{entry.item} was finished twice")
            self._rests(entry, event, State.FINISHED)
        elif kind in (EventKind.PLACED_IN_QUEUE, EventKind.RESTARTED, EventKind.RESTARTED_BY_SOURCE):
            self._rests(entry, event, State.QUEUED)
        elif kind is EventKind.PLACED_IN_WORKBIN:
            self._rests(entry, event, State.IN_WORKBIN)
        elif kind is EventKind.HELD and entry.agent and not event.actor.startswith("source:"):
            self._rests(entry, event, State.QUEUED)

    def _offered(self, event: Event, entry: Entry) -> None:
        if entry.offered_to or (entry.agent and event.kind is EventKind.OFFERED):
            self._findings.add("I2", f"{entry.item} was offered to {event.person} while it was somebody's")
        if event.kind is EventKind.OFFERED:
            place = self._places.get(event.person, "")
            reason = why_no_room(self._site, event.person, place, self._loads[event.person], entry.media_type)
            if reason:
                self._findings.add("I6", f"{entry.item} was offered to {event.person}: {reason}")
            entry.state = State.OFFERED
        self._loads[event.person][entry.media_type] += 1
        entry.offered_to, entry.ticket = event.person, str(event.detail.get("ticket", ""))
        entry.deadline = str(event.detail.get("deadline", ""))
        entry.by_transfer = event.kind is EventKind.TRANSFER_OFFERED

    def _taken(self, event: Event, entry: Entry) -> None:
        handed_over = entry.by_transfer and entry.offered_to == event.person
        if entry.agent and not (handed_over and event.kind is EventKind.ACCEPTED):
            self._findings.add("I2", f"{event.person} took {entry.item}, which {entry.agent} had")
        if event.kind is EventKind.ACCEPTED and entry.offered_to != event.person:
            self._findings.add("I2", f"{event.person} accepted {entry.item}, which was not offered to them")
        self._let_go(entry, event.at)
        entry.state, entry.agent, entry.taken_at = State.HANDLING, event.person, event.at
        self._loads[event.person][entry.media_type] += 1
        self._statistics.took(event.person, event.at)
        if not entry.taken:
            entry.taken = True
            self._statistics.waits.append((event.at - entry.arrived).total_seconds())

    def _offer_ended(self, event: Event, entry: Entry) -> None:
        if entry.ticket != event.detail.get("ticket"):
            self._findings.add("I7", f"{entry.item}: an offer ended that the log does not know")
        self._drop_offer(entry)
        if entry.state is State.OFFERED:
            entry.state = State.IN_WORKBIN if event.workbin else State.QUEUED

    def _rests(self, entry: Entry, event: Event, state: State) -> None:
        self._let_go(entry, event.at)
        entry.state, entry.queue = state, event.queue
        entry.workbin, entry.workbin_owner = event.workbin, event.workbin_owner

    def _let_go(self, entry: Entry, at: datetime) -> None:
        self._drop_offer(entry)
        if entry.agent:
            self._loads[entry.agent][entry.media_type] -= 1
            self._statistics.gave(entry.agent, at, (at - entry.taken_at).total_seconds())
            entry.agent = ""

    def _drop_offer(self, entry: Entry) -> None:
        if entry.offered_to:
            self._loads[entry.offered_to][entry.media_type] -= 1
        entry.offered_to = entry.ticket = entry.deadline = ""
        entry.by_transfer = False
