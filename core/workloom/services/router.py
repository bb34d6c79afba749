"""Routing: waiting items find their agents, the most urgent and oldest first.

Items that are alike for routing (`ports_due.Stream`), and of the same span of waiting time, stand in one line. The
lines' heads compete; where a head reaches nobody, nobody behind it would either, so the line rests for this round and
the others go on: no idle agent waits behind a blocked head, and the cost is that of the lines and the offers made,
not of the items waiting.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.errors import BadInput, NotFound, Refused
from workloom.domain.interaction import Interaction, Offer
from workloom.domain.moves_base import Decision
from workloom.domain.moves_offers import offered
from workloom.domain.moves_resting import routed_on, routing_failed
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import OVERRIDE_KEY, effective_options
from workloom.domain.routing import Candidate, choose, due_steps, next_change
from workloom.domain.routing_request import request_of
from workloom.domain.site import RoutingStep, Site, Strategy
from workloom.domain.targets import TargetType
from workloom.services.free_agents import FreeAgents
from workloom.services.keeping import keep
from workloom.services.ports import Transaction
from workloom.services.ports_due import Stream
from workloom.services.ports_outside import Ids, Randomness

MOST_MOVES: Final = 200
"""Offers and failures of one round, so that a transaction stays short."""


READ_AHEAD: Final = 50
"""Items of a line that are read at once after one of them was served."""


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


_Head = tuple[int, datetime, str, Interaction, Line, list[Interaction]]
"""Rank and id of the first item of a line, the item, its line, and those after it that have been read."""


class Round(Struct, frozen=True, kw_only=True):
    """What a round of routing has done: whether there is more to do at once, and when time alone changes something."""

    more: bool
    next_change: datetime | None


class Router:
    """One round of routing at a time, in a write transaction."""

    def __init__(self, catalogue: OptionCatalogue, ids: Ids, randomness: Randomness) -> None:
        self._catalogue = catalogue
        self._ids = ids
        self._randomness = randomness
        self._agents = FreeAgents()

    def settle(self) -> None:
        """The transaction of the last round was committed."""
        self._agents.settle()

    def route(self, transaction: Transaction, site: Site, now: datetime) -> Round:
        """Offer what can be offered. Poison (no such queue, strategy or expression) is marked and rests."""
        moves = 0
        changes: list[datetime] = []
        agents = self._agents
        agents.look(transaction, site)
        heads: list[_Head] = []
        for line in self._lines(transaction, site, now, agents):
            if _reaches_nobody(line, agents):
                changes += _wakes(transaction, line)
            else:
                _queue_head(transaction, heads, line, now, [])
        heapify(heads)
        while heads and moves < MOST_MOVES:
            *_, item, line, following = heappop(heads)
            decision = self._decide(item, line, site, agents, now)
            if decision is None:
                changes += _changes(transaction, item, line, now)
                continue
            keep(transaction, item, decision)
            moves += 1
            _queue_head(transaction, heads, line, now, following, after=item)
        return Round(more=moves >= MOST_MOVES, next_change=min(changes, default=None))

    def _lines(self, transaction: Transaction, site: Site, now: datetime, agents: FreeAgents) -> Iterator[Line]:
        workbins = tuple(workbin.name for workbin in site.workbins.values() if workbin.strategy)
        for stream in transaction.due.streams(workbins):
            place = site.queues.get(stream.queue) if stream.queue else site.workbins[stream.workbin]
            if place is None:
                yield Line(stream=stream, problem=f"there is no queue “{stream.queue}”.")
                continue
            strategy = site.strategies.get(place.strategy)
            if not place.strategy:
                continue  # its items wait to be pulled
            if strategy is None:
                yield Line(stream=stream, problem=f"there is no strategy “{place.strategy}”.")
            elif not (stream.moves or agents.any_for(stream.media_type)):
                continue  # whoever becomes free wakes the dispatcher
            elif stream.alone:
                yield Line(stream=stream, strategy=strategy)
            else:
                yield from _by_age(stream, strategy, now)

    def _decide(self, item: Interaction, line: Line, site: Site, agents: FreeAgents, now: datetime) -> Decision | None:
        """An offer, a move by request, or the mark of a failure; None = the item reaches nobody now."""
        if line.problem:
            return routing_failed(item, now, f"Routing: {line.problem}")
        request = request_of(item)
        try:
            if request is not None and request.type is TargetType.QUEUE:
                return routed_on(item, request.target, site, now)
            chosen = self._choose(item, line, agents, now)
        except (BadInput, NotFound, Refused) as error:
            return routing_failed(item, now, f"Routing: {error}")
        if chosen is None:
            return None
        agents.took(chosen, item.media_type)
        return offered(self._with_overrides(item, line.strategy, site, chosen), self._offer(line, site, chosen, now))

    def _choose(self, item: Interaction, line: Line, agents: FreeAgents, now: datetime) -> Candidate | None:
        strategy = line.strategy
        if not line.stream.alone:
            return agents.choose(item.media_type, line.steps, strategy.select, self._randomness)
        refusing = [name for name, until in item.refusals.items() if until > now]
        candidates = agents.for_media_type(item.media_type, without=refusing)
        return choose(item, strategy, candidates, now, self._randomness, avoid=item.refusals)

    def _offer(self, line: Line, site: Site, chosen: Candidate, now: datetime) -> Offer:
        seconds = line.strategy.offer_timeout or site.timers.delivery
        return Offer(
            ticket=self._ids.new("ticket"),
            agent=chosen.person.name,
            session=chosen.session,
            offered_at=now,
            deadline=now + timedelta(seconds=seconds),
        )

    def _with_overrides(self, item: Interaction, strategy: Strategy, site: Site, chosen: Candidate) -> Interaction:
        """The item with the names of the transactions that its strategy lays over the agent's options."""
        if not strategy.overrides:
            return item
        key = effective_options(self._catalogue, site, chosen.person.name).text(OVERRIDE_KEY)
        return replace(item, attached={**item.attached, key: ",".join(strategy.overrides)})


def _queue_head(
    transaction: Transaction,
    heads: list[_Head],
    line: Line,
    now: datetime,
    following: list[Interaction],
    after: Interaction | None = None,
) -> None:
    """Let the next item of the line compete. `following`: those read already, `after`: the one that has just left.

    A line from which somebody was served is read some way ahead: nothing but this round takes items from it.
    """
    if not following:
        limit = 1 if after is None else READ_AHEAD
        span = {"since": line.since, "until": line.until}
        following = list(transaction.due.heads(line.stream, now, **span, limit=limit, behind=after))
    if following:
        item, *rest = following
        heappush(heads, (-item.priority, item.moved_to_queue_at, item.id, item, line, rest))


def _by_age(stream: Stream, strategy: Strategy, now: datetime) -> Iterator[Line]:
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


def _reaches_nobody(line: Line, agents: FreeAgents) -> bool:
    """Whether it is plain, without reading its head, that none of the line's items can be offered now."""
    if line.stream.alone or line.problem:
        return False
    try:
        return not agents.reach(line.stream.media_type, line.steps, line.strategy.select)
    except BadInput:
        return False  # the items are marked one by one


def _changes(transaction: Transaction, item: Interaction, line: Line, now: datetime) -> Iterable[datetime]:
    """When the blocked line may reach somebody by time alone."""
    if line.stream.alone:
        change = next_change(item, line.strategy, now)
        return [*([change] if change else []), *(until for until in item.refusals.values() if until > now)]
    return _wakes(transaction, line)


def _wakes(transaction: Transaction, line: Line) -> Iterable[datetime]:
    """When the next item of the stream is so old that the line's items reach others."""
    if not line.wakes_after or line.since is None:
        return ()
    oldest = transaction.due.next_age(line.stream, line.since)
    return () if oldest is None else (oldest + timedelta(seconds=line.wakes_after),)
