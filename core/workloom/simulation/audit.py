"""The invariants, asked of a store after the work: the log of events read back, and every record compared with it."""

from collections import Counter
from datetime import UTC, datetime

from msgspec import Struct

from workloom.domain.interaction import Interaction, State
from workloom.domain.pages import HistoryScope
from workloom.domain.site import Site
from workloom.services.ports import Reader, Store
from workloom.services.ports_reading import HistoryList
from workloom.simulation.findings import Findings
from workloom.simulation.ledger import Ledger, kept
from workloom.simulation.report import Promise, promises_of
from workloom.simulation.statistics import Statistics

_PAGE = 1000


class Audit(Struct, kw_only=True):
    """What the store says of itself. `leaked`: items that are with somebody who is not logged in, past their time."""

    events: int
    kinds: dict[str, int]
    states: dict[str, int]
    promises: tuple[Promise, ...]
    leaked: int
    until: datetime
    statistics: Statistics

    @property
    def holds(self) -> bool:
        """Whether no promise was found broken."""
        return not any(promise.broken for promise in self.promises)


def audit(store: Store, site: Site) -> Audit:
    """Read one snapshot through from the first event to the last."""
    findings, statistics = Findings(), Statistics()
    now = datetime.now(UTC)
    with store.reading() as reader:
        media_types = _MediaTypes(reader)
        ledger = Ledger(site, media_types.of, findings, statistics)
        last = 0
        while events := reader.events.after(last, limit=_PAGE):
            last = events[-1].sequence
            for event in events:
                ledger.take(event)
        leaked = _compare(reader, ledger, findings, site, now)
    return Audit(
        events=sum(ledger.kinds.values()),
        kinds=dict(sorted(ledger.kinds.items())),
        states=dict(sorted(Counter(entry.state.value for entry in ledger.entries.values()).items())),
        promises=promises_of(findings),
        leaked=leaked,
        until=now,
        statistics=statistics,
    )


class _MediaTypes:
    """Media types of items, each read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def of(self, item: str) -> str:
        found = self._reader.items.get(item)
        return found.media_type if found else ""


def _compare(reader: Reader, ledger: Ledger, findings: Findings, site: Site, now: datetime) -> int:
    rows = reader.lists.history_total(HistoryList(scope=HistoryScope.ALL))
    if rows != len(ledger.entries):
        findings.add("I1", f"{len(ledger.entries)} items were submitted, and there are {rows} rows")
    there = {session.person: session.id for session in reader.sessions.all()}
    leaked = 0
    for name, entry in ledger.entries.items():
        row = reader.items.get(name)
        if row is None:
            findings.add("I1", f"{name} was submitted, and there is no row")
            continue
        if entry.told() != kept(row):
            findings.add("I7", f"{name} is {kept(row)}; its events say {entry.told()}")
        problem = _stuck(row, site, there, now)
        if problem:
            findings.add("I5", f"{name} {problem}")
            leaked += 1
    return leaked


def _stuck(row: Interaction, site: Site, there: dict[str, str], now: datetime) -> str:
    """Why an item has no exit, empty if it has one."""
    grace = site.timers.lost_agent
    if row.offer is not None and (now - row.offer.deadline).total_seconds() > grace:
        return f"is offered, and the offer ran out at {row.offer.deadline:%H:%M:%S}"
    if row.state is State.HANDLING and (row.handling_until is None or row.handling_until < now):
        return f"is with {row.assigned_to} after its time"
    if row.state is State.HANDLING and row.session and there.get(row.assigned_to) != row.session:
        return f"is with {row.assigned_to}, whose session has ended"
    if row.state is State.QUEUED and row.queue not in site.queues:
        return f"is in the queue {row.queue}, which is not there"
    return ""
