"""Lines: waiting items of a stream that are of the same span of waiting time, read in the order of routing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from msgspec import Struct

from workloom.domain.interaction import Interaction
from workloom.domain.routing import due_steps, next_change
from workloom.domain.site import RoutingStep, Strategy
from workloom.services.ports import Transaction
from workloom.services.ports_due import DueReader, Stream, Waiting

FIRST_READ: Final = 4
"""Items that are read of a line at first."""

READ_ON: Final = 200
"""Items that are read of a line at once when there is much to serve."""


class Line(Struct, frozen=True, eq=False):
    """A stream's items whose age (an instant) lies in `since` < age <= `until`, and the steps that are due for them.

    `problem`: why none of them can be routed.
    """

    stream: Stream
    strategy: Strategy = Strategy(name="")
    steps: tuple[RoutingStep, ...] = ()
    problem: str = ""
    since: datetime | None = None
    until: datetime | None = None
    wakes_after: float = 0.0  # seconds of waiting at which its items reach others; 0 = never by age alone

    @property
    def is_plain(self) -> bool:
        """Whether an offer of its items depends on nothing but the line."""
        return not (self.stream.alone or self.problem)

    def changes(self, transaction: Transaction, item: Interaction | Waiting, now: datetime) -> Iterable[datetime]:
        """When the line, of which the item reached nobody, may reach somebody by time alone."""
        if isinstance(item, Interaction) and self.stream.alone:
            change = next_change(item, self.strategy, now)
            return [*([change] if change else []), *(until for until in item.refusals.values() if until > now)]
        return self.wakes(transaction)

    def wakes(self, transaction: Transaction) -> Iterable[datetime]:
        """When the next item of the stream is so old that the line's items reach others."""
        if not self.wakes_after or self.since is None:
            return ()
        oldest = transaction.due.next_age(self.stream, self.since)
        return () if oldest is None else (oldest + timedelta(seconds=self.wakes_after),)


def by_age(stream: Stream, strategy: Strategy, now: datetime) -> Iterator[Line]:
    """A line for each span of waiting time between the moments at which the strategy reaches others; empty ones not."""
    moments: set[float] = {0.0, *(float(step.after) for step in strategy.steps)}
    if any(stream.wishes):
        moments.add(float(strategy.requested_timeout))
    begins = sorted(moments)
    ends: Sequence[float] = (*begins[1:], 0.0)
    for begin, end in zip(begins, ends, strict=True):
        since = now - timedelta(seconds=end) if end else None
        until = now - timedelta(seconds=begin) if begin else None
        if (since and stream.newest and stream.newest <= since) or (until and stream.oldest and stream.oldest > until):
            continue
        steps = due_steps(stream.wishes, strategy, timedelta(seconds=begin))
        yield Line(stream=stream, strategy=strategy, steps=steps, since=since, until=until, wakes_after=end)


class Ahead:
    """A line in one round, read some way ahead: nothing but the round takes items from it.

    `much`: whether many of them are going to be served, as far as can be told.
    """

    def __init__(self, line: Line, now: datetime, due: DueReader, *, much: bool) -> None:
        self.line = line
        self._now = now
        self._due = due
        self._limit = READ_ON if much else FIRST_READ
        self._ended = False
        self._read: Iterator[Interaction | Waiting] = iter(())
        self._last: Interaction | Waiting | None = None

    def next(self) -> Interaction | Waiting | None:
        """The next item, to be asked for when the one before has left the line; None = there is no more."""
        found = next(self._read, None)
        if found is None and not self._ended:
            more = self._more()
            self._read, self._ended, self._limit = iter(more), len(more) < self._limit, READ_ON
            found = next(self._read, None)
        self._last = found
        return found

    def _more(self) -> Sequence[Interaction | Waiting]:
        line = self.line
        read = partial(self._due.waiting, attached=bool(line.strategy.overrides)) if line.is_plain else self._due.heads
        return read(line.stream, self._now, since=line.since, until=line.until, limit=self._limit, behind=self._last)
