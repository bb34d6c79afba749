"""Routing: waiting items find their agents, the most urgent and oldest first.

Items that are alike for routing (`ports_due.Stream`), and of the same span of waiting time, stand in one line. The
lines' heads compete; where a head reaches nobody, nobody behind it would either, so the line rests for this round and
the others go on: no idle agent waits behind a blocked head, and the cost is that of the lines and the offers made,
not of the items waiting.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.errors import BadInput, NotFound, Refused
from workloom.domain.interaction import SUBJECT, AttachedData, Interaction, Offer
from workloom.domain.moves_base import Decision
from workloom.domain.moves_offers import offered
from workloom.domain.moves_resting import routed_on, routing_failed
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import OVERRIDE_KEY, effective_options
from workloom.domain.routing import Candidate, choose
from workloom.domain.routing_request import request_of
from workloom.domain.site import Site, Strategy
from workloom.domain.targets import ROUTING_KEYS, TargetType
from workloom.services.free_agents import FreeAgents
from workloom.services.keeping import Written
from workloom.services.lines import Ahead, Line, by_age
from workloom.services.ports import Transaction
from workloom.services.ports_due import Reservation, Waiting
from workloom.services.ports_outside import Ids, Randomness

MOST_MOVES: Final = 200
"""Offers and failures of one round, so that a transaction stays short."""

_TELLING: Final = frozenset({SUBJECT, *ROUTING_KEYS})
"""Attached keys on which something else of an item depends."""

_Head = tuple[int, datetime, str, Interaction | Waiting, Ahead]
"""Rank and id of the first item of a line, the item, and its line."""


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
        self._much = False

    def settle(self) -> None:
        """The transaction of the last round was committed."""
        self._agents.settle()

    def route(self, transaction: Transaction, site: Site, now: datetime) -> Round:
        """Offer what can be offered. Poison (no such queue, strategy or expression) is marked and rests."""
        moves = 0
        changes: list[datetime] = []
        written = Written(transaction)
        agents = self._agents
        agents.look(transaction, site)
        heads: list[_Head] = []
        for line in self._lines(transaction, site, now, agents):
            if _reaches_nobody(line, agents):
                changes += line.wakes(transaction)
            else:
                _compete(heads, Ahead(line, now, transaction.due, much=self._much))
        while heads and moves < MOST_MOVES:
            *_, item, ahead = heappop(heads)
            if not self._move(written, item, ahead.line, site, now):
                changes += ahead.line.changes(transaction, item, now)
                continue
            moves += 1
            if moves < MOST_MOVES:
                _compete(heads, ahead)
        written.write()
        self._much = moves >= MOST_MOVES
        return Round(more=self._much, next_change=min(changes, default=None))

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
                yield from by_age(stream, strategy, now)

    def _move(self, written: Written, item: Interaction | Waiting, line: Line, site: Site, now: datetime) -> bool:
        """Offer the item, send it on or mark it as failed; False = it reaches nobody now."""
        if isinstance(item, Waiting):
            return self._offer_plainly(written, item, line, site, now)
        decision = self._decide(item, line, site, now)
        if decision is not None:
            written.keep(item, decision)
        return decision is not None

    def _offer_plainly(self, written: Written, item: Waiting, line: Line, site: Site, now: datetime) -> bool:
        try:
            chosen = self._best_of(line)
        except BadInput as error:
            whole = written.whole(item)
            written.keep(whole, routing_failed(whole, now, f"Routing: {error}"))
            return True
        if chosen is None:
            return False
        self._agents.took(chosen, line.stream.media_type)
        offer = self._offer(line, site, chosen, now)
        overrides = self._overrides(line.strategy, site, chosen)
        if overrides.keys().isdisjoint(_TELLING):
            written.offer(Reservation(item, offer, {**item.attached, **overrides} if overrides else None))
        else:
            whole = written.whole(item)
            written.keep(whole, offered(_with_overrides(whole, overrides), offer))
        return True

    def _decide(self, item: Interaction, line: Line, site: Site, now: datetime) -> Decision | None:
        """An offer, a move by request, or the mark of a failure; None = the item reaches nobody now."""
        if line.problem:
            return routing_failed(item, now, f"Routing: {line.problem}")
        request = request_of(item)
        try:
            if request is not None and request.type is TargetType.QUEUE:
                return routed_on(item, request.target, site, now)
            chosen = self._choose(item, line, now) if line.stream.alone else self._best_of(line)
        except (BadInput, NotFound, Refused) as error:
            return routing_failed(item, now, f"Routing: {error}")
        if chosen is None:
            return None
        self._agents.took(chosen, item.media_type)
        overrides = self._overrides(line.strategy, site, chosen)
        return offered(_with_overrides(item, overrides), self._offer(line, site, chosen, now))

    def _best_of(self, line: Line) -> Candidate | None:
        """Who gets the next item of a line whose items are alike. BadInput for a bad skill expression."""
        return self._agents.choose(line.stream.media_type, line.steps, line.strategy.select, self._randomness)

    def _choose(self, item: Interaction, line: Line, now: datetime) -> Candidate | None:
        """Who gets an item that is like no other."""
        refusing = [name for name, until in item.refusals.items() if until > now]
        candidates = self._agents.for_media_type(item.media_type, without=refusing)
        return choose(item, line.strategy, candidates, now, self._randomness, avoid=item.refusals)

    def _offer(self, line: Line, site: Site, chosen: Candidate, now: datetime) -> Offer:
        seconds = line.strategy.offer_timeout or site.timers.delivery
        return Offer(
            ticket=self._ids.new("ticket"),
            agent=chosen.person.name,
            session=chosen.session,
            offered_at=now,
            deadline=now + timedelta(seconds=seconds),
        )

    def _overrides(self, strategy: Strategy, site: Site, chosen: Candidate) -> AttachedData:
        """The attached key that names the transactions which the strategy lays over the agent's options."""
        if not strategy.overrides:
            return {}
        key = effective_options(self._catalogue, site, chosen.person.name).text(OVERRIDE_KEY)
        return {key: ",".join(strategy.overrides)}


def _with_overrides(item: Interaction, overrides: AttachedData) -> Interaction:
    return replace(item, attached={**item.attached, **overrides}) if overrides else item


def _compete(heads: list[_Head], ahead: Ahead) -> None:
    """Let the next item of the line compete."""
    item = ahead.next()
    if item is not None:
        heappush(heads, (-item.priority, item.moved_to_queue_at, item.id, item, ahead))


def _reaches_nobody(line: Line, agents: FreeAgents) -> bool:
    """Whether it is plain, without reading its head, that none of the line's items can be offered now."""
    if line.stream.alone or line.problem:
        return False
    try:
        return not agents.reach(line.stream.media_type, line.steps, line.strategy.select)
    except BadInput:
        return False  # the items are marked one by one
