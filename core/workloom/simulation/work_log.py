"""A real log of work, understood: which items came when, who worked on them how long, and when people were there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workloom.adapters.files.xes import LoggedEvent
from workloom.domain.errors import BadInput

PREFIX: Final = "W_"
"""How activities begin that are work of people."""

_AWAY: Final = timedelta(hours=3)
"""A person who does nothing for so long has gone home."""

_SHORTEST: Final = timedelta(minutes=30)
SCHEDULE, START, COMPLETE = "schedule", "start", "complete"


Shifts = dict[str, tuple[tuple[datetime, datetime], ...]]
"""For each person when they came and when they left."""


class LoggedWork(Struct, frozen=True, kw_only=True):
    """One work item of the log: it came, waited, and somebody worked on it for so many seconds.

    What was left open over night counts until its person went home.
    """

    number: int
    case: str
    activity: str
    resource: str
    arrived: datetime
    started: datetime
    seconds: float


class WorkLog(Struct, frozen=True, kw_only=True):
    """All work items, oldest first, and the times at which each person was there."""

    works: tuple[LoggedWork, ...]
    shifts: Shifts

    @property
    def begin(self) -> datetime:
        """When the first item comes or the first person."""
        return min(self.works[0].arrived, *(shifts[0][0] for shifts in self.shifts.values()))

    @property
    def end(self) -> datetime:
        """When the last person leaves."""
        return max(shifts[-1][1] for shifts in self.shifts.values())

    def part(self, days: float) -> "WorkLog":
        """What comes in so many days from the first item on, with the people who are there then."""
        end = self.works[0].arrived + timedelta(days=days)
        works = tuple(work for work in self.works if work.arrived < end and work.started < end)
        shifts = {
            person: within
            for person, times in self.shifts.items()
            if (within := tuple((begin, min(until, end)) for begin, until in times if begin < end))
        }
        return WorkLog(works=works, shifts=shifts)


def work_log(events: Iterable[LoggedEvent], prefix: str = PREFIX) -> WorkLog:
    """The work items among the events: each stretch from START to COMPLETE of one person is one.

    It came with the SCHEDULE before it, else when the same activity of its case was put down last, else as it was
    started. A COMPLETE without START and a START without COMPLETE or person are passed over. BadInput without any work.
    """
    found: list[LoggedWork] = []
    waiting: dict[tuple[str, str], datetime] = {}
    started: dict[tuple[str, str], LoggedEvent] = {}
    for event in events:
        if not event.name.startswith(prefix):
            continue
        key = (event.case, event.name)
        if event.transition == SCHEDULE:
            waiting.setdefault(key, event.at)
        elif event.transition == START and event.resource:
            started[key] = event
        elif event.transition == COMPLETE:
            begin = started.pop(key, None)
            if begin is not None:
                found.append(_work(begin, waiting.pop(key, begin.at), event.at))
            waiting[key] = event.at
    if not found:
        raise BadInput(f"The log has no work: no activity that begins with “{prefix}” was started and completed.")
    found.sort(key=lambda work: (work.arrived, work.case, work.activity, work.started))
    shifts = _shifts(found)
    works = (replace(work, number=number, seconds=_seconds(work, shifts)) for number, work in enumerate(found, 1))
    return WorkLog(works=tuple(works), shifts=shifts)


def _work(begin: LoggedEvent, arrived: datetime, end: datetime) -> LoggedWork:
    return LoggedWork(
        number=0,
        case=begin.case,
        activity=begin.name,
        resource=begin.resource,
        arrived=min(arrived, begin.at),
        started=begin.at,
        seconds=max(1.0, (end - begin.at).total_seconds()),
    )


def _seconds(work: LoggedWork, shifts: Shifts) -> float:
    there = next(end for begin, end in shifts[work.resource] if begin <= work.started <= end)
    return min(work.seconds, max(1.0, (there - work.started).total_seconds()))


def _shifts(works: Sequence[LoggedWork]) -> Shifts:
    """For each person the stretches in which one start of work follows another without a long gap."""
    starts: defaultdict[str, list[datetime]] = defaultdict(list)
    for work in works:
        starts[work.resource].append(work.started)
    return {person: tuple(_stretches(sorted(times))) for person, times in sorted(starts.items())}


def _stretches(times: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    found, begin = [], times[0]
    for last, following in pairwise([*times, times[-1] + 2 * _AWAY]):
        if following - last > _AWAY:
            found.append((begin, max(last, begin) + _SHORTEST))
            begin = following
    return found
