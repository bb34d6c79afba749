"""The promises, checked while time goes by and once more over everything at the end."""

from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Final

from workloom.domain.interaction import Interaction, State
from workloom.domain.pages import HistoryScope
from workloom.services.ports import Reader
from workloom.services.ports_reading import HistoryList
from workloom.simulation.findings import Findings
from workloom.simulation.ledger import Entry, kept
from workloom.simulation.world import World

_SESSIONS_EVERY: Final = timedelta(minutes=10)


class Watch:
    """Looks at each item that has changed, and at each deadline when it has passed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._fences: dict[str, tuple[int, str]] = {}
        self._ages: dict[tuple[str, str], datetime | None] = {}
        self._deadlines: list[tuple[datetime, str, str]] = []
        self._sessions_at = world.agenda.now

    @property
    def _findings(self) -> Findings:
        return self._world.findings

    def look(self, reader: Reader, changed: dict[str, bool], now: datetime) -> None:
        """After each instant. `changed`: items with events, True = somebody has taken it."""
        for name, taken in changed.items():
            entry = self._world.ledger.entries.get(name)
            row = reader.items.get(name)
            if entry is None or row is None:
                self._findings.add("I1", f"{name} is in the log but is no row")
                continue
            self._compare(entry, row)
            self._fence(row, taken=taken)
            self._age(row)
            self._bounded(row)
            self._note_deadlines(entry, row)
        self._overdue(reader, now)
        if now >= self._sessions_at:
            self._sessions(reader, now)

    def look_at_all(self, reader: Reader, now: datetime) -> None:
        """At the end."""
        entries = self._world.ledger.entries
        rows = reader.lists.history_total(HistoryList(scope=HistoryScope.ALL))
        if rows != len(entries):
            self._findings.add("I1", f"{len(entries)} items were submitted, and there are {rows} rows")
        for name, entry in entries.items():
            row = reader.items.get(name)
            if row is None:
                self._findings.add("I1", f"{name} was submitted, and there is no row")
                continue
            self._compare(entry, row)
            self._place(row)
            self._bounded(row)
        self._sessions(reader, now)

    def _compare(self, entry: Entry, row: Interaction) -> None:
        if entry.told() != kept(row):
            self._findings.add("I7", f"{row.id} is {_said(kept(row))}; its events say {_said(entry.told())}")

    def _fence(self, row: Interaction, *, taken: bool) -> None:
        fence, owner = self._fences.get(row.id, (-1, ""))
        changed_hands = taken or row.assigned_to != owner
        if row.fence < fence or (changed_hands and row.fence == fence):
            self._findings.add("I2", f"the fence of {row.id} went from {fence} to {row.fence} as it changed hands")
        self._fences[row.id] = (row.fence, row.assigned_to)

    def _age(self, row: Interaction) -> None:
        """The first time in a queue counts for ever, however often the item leaves and returns."""
        since = row.queue_since.get(row.queue)
        first = self._ages.setdefault((row.id, row.queue), since)
        if since is None or since != first:
            self._findings.add("I5", f"{row.id} came to {row.queue} at {first} first, and says {since}")

    def _place(self, row: Interaction) -> None:
        """Exactly one place, and one that exists."""
        site = self._world.site
        wrong = {
            State.QUEUED: bool(row.workbin or row.assigned_to or row.offer) or row.queue not in site.queues,
            State.IN_WORKBIN: bool(row.assigned_to or row.offer) or row.workbin not in site.workbins,
            State.OFFERED: bool(row.assigned_to) or row.offer is None,
            State.HANDLING: bool(row.workbin) or row.assigned_to not in site.persons,
            State.FINISHED: bool(row.workbin or row.assigned_to or row.offer) or not row.outcome,
        }[row.state]
        if wrong:
            self._findings.add("I1", f"{row.id} is {row.state} and elsewhere: {_said(kept(row))}")

    def _bounded(self, row: Interaction) -> None:
        """What passes has a deadline; what rests has an age."""
        if row.state is State.HANDLING and row.handling_until is None:
            self._findings.add("I5", f"{row.id} is with {row.assigned_to} without end")
        if row.state in (State.QUEUED, State.IN_WORKBIN) and not row.queue_since:
            self._findings.add("I5", f"{row.id} rests without an age")

    def _note_deadlines(self, entry: Entry, row: Interaction) -> None:
        if entry.offered_to:
            deadline = datetime.fromisoformat(entry.deadline) if entry.deadline else None
            if deadline is None:
                self._findings.add("I5", f"{row.id} is offered without end")
            else:
                heappush(self._deadlines, (deadline, row.id, entry.ticket))
        if row.handling_until is not None:
            heappush(self._deadlines, (row.handling_until, row.id, ""))

    def _overdue(self, reader: Reader, now: datetime) -> None:
        """After a step of the dispatcher nothing may be left whose time is over."""
        while self._deadlines and self._deadlines[0][0] < now:
            deadline, name, ticket = heappop(self._deadlines)
            entry = self._world.ledger.entries[name]
            if ticket and entry.ticket == ticket:
                self._findings.add("I5", f"the offer of {name} has run out at {deadline:%H:%M:%S} and is still open")
            elif not ticket and entry.agent:
                row = reader.items.get(name)
                if row is not None and row.handling_until is not None and row.handling_until < now:
                    self._findings.add("I5", f"{name} is still with {entry.agent} after its time")

    def _sessions(self, reader: Reader, now: datetime) -> None:
        self._sessions_at = now + _SESSIONS_EVERY
        grace = timedelta(seconds=self._world.site.timers.lost_agent)
        for session in reader.sessions.all():
            if session.last_seen_at + grace < now:
                self._findings.add("I5", f"{session.person} was last seen at {session.last_seen_at:%H:%M:%S}")


def _said(place: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in place if part)
