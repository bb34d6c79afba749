"""Which agent gets an item: pure functions of the item, its queue's strategy, the candidates and the time.

The engine asks with the agents who can take one more item of this media type at this moment. The order in which they
are looked at:

1. a routing-based request (the four attached keys): its target; after the strategy's `request_timeout` the agent who
   asked; after as long again the steps of the queue;
2. what the item itself requests (`requested_agent`, `requested_group`, `requested_skill`): for `requested_timeout`
   seconds nobody else, from then on they come first;
3. the strategy's steps that are due, in their order: the first step that reaches somebody decides.

Among those reached the strategy's `select` decides, and then the name, so that the same input gives the same answer.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from workloom.domain.interaction import Interaction
from workloom.domain.routing_request import RoutingRequest, request_of
from workloom.domain.site import Person, RoutingStep, Strategy
from workloom.domain.skills import parse
from workloom.domain.targets import TargetType

Wishes = tuple[str, str, str]
"""Agent, agent group and skill expression that an item asks for; each may be empty."""

RANDOM = "random"
SELECTIONS = ("longest-idle", "least-loaded", "best-fit", RANDOM)
"""Ways to choose among the agents that a step reaches."""

Rank = tuple[int, datetime]
"""By it the agents whom a step reaches are compared: the lowest gets the item. No offer makes it lower."""


class Candidate(Struct, frozen=True, kw_only=True):
    """An agent who may be offered the item: logged in on its channel, ready, with capacity left.

    `counts`: items in work and offered, by media type.
    """

    person: Person
    session: str
    idle_since: datetime
    counts: Mapping[str, int] = {}


def choose(
    item: Interaction,
    strategy: Strategy,
    candidates: Sequence[Candidate],
    now: datetime,
    randomness: Callable[[int], int],
    *,
    avoid: Collection[str] = (),
) -> Candidate | None:
    """The candidate who gets the item, None if it reaches nobody now.

    `randomness(n)` gives a number from 0 to n-1. Who is named in `avoid` (because they declined this item) comes only
    when it reaches nobody else. Raises BadInput for a skill expression that cannot be read.
    """
    declined: _Pool | None = None
    for reached, skills in _pools(item, strategy, candidates, now):
        fresh = [candidate for candidate in reached if candidate.person.name not in avoid]
        if fresh:
            return _select(fresh, strategy.select, skills, randomness)
        declined = declined or ((reached, skills) if reached else None)
    return _select(declined[0], strategy.select, declined[1], randomness) if declined else None


def next_change(item: Interaction, strategy: Strategy, now: datetime) -> datetime | None:
    """When the item will reach further agents by time alone; None if it will not."""
    moments = [item.moved_to_queue_at + timedelta(seconds=step.after) for step in strategy.steps]
    if any(wishes_of(item)):
        moments.append(item.moved_to_queue_at + timedelta(seconds=strategy.requested_timeout))
    if request_of(item) is not None:
        moments += [item.placed_at + timedelta(seconds=strategy.request_timeout * times) for times in (1, 2)]
    return min((moment for moment in moments if moment > now), default=None)


def active_steps(strategy: Strategy, waited: timedelta) -> tuple[RoutingStep, ...]:
    """The steps that are due after this wait; one with `replace` drops those before it."""
    active: list[RoutingStep] = []
    for step in sorted(strategy.steps, key=lambda step: step.after):
        if timedelta(seconds=step.after) <= waited:
            active = [step] if step.replace else [*active, step]
    return tuple(active)


def due_steps(wishes: Wishes, strategy: Strategy, waited: timedelta) -> tuple[RoutingStep, ...]:
    """The steps for an item with these wishes after this wait: the wishes first, for a time nothing else."""
    agent, group, skill = wishes
    wanted: list[RoutingStep] = []
    if agent:
        wanted.append(RoutingStep(agents=(agent,)))
    if group:
        wanted.append(RoutingStep(groups=(group,)))
    if skill:
        wanted.append(RoutingStep(skill=skill))
    if wanted and waited < timedelta(seconds=strategy.requested_timeout):
        return tuple(wanted)
    return (*wanted, *active_steps(strategy, waited))


def reaches(step: RoutingStep, person: Person) -> bool:
    """Whether the person is among the targets of the step. BadInput for a bad skill expression."""
    return (
        step.anyone
        or person.name in step.agents
        or any(group in person.groups for group in step.groups)
        or (bool(step.skill) and parse(step.skill).matches(person.skills))
    )


_Pool = tuple[list[Candidate], tuple[str, ...]]


def _pools(item: Interaction, strategy: Strategy, candidates: Sequence[Candidate], now: datetime) -> Iterator[_Pool]:
    """The agents that come into question, best pool first, each with the skills that count in it."""
    request = request_of(item)
    if request is not None:
        waited = now - item.placed_at
        if waited < timedelta(seconds=strategy.request_timeout):
            yield _requested_by_routing(request, candidates)
            return
        if waited < timedelta(seconds=2 * strategy.request_timeout):
            yield [who for who in candidates if who.person.employee_id == request.original], ()
            return
    for step in due_steps(wishes_of(item), strategy, now - item.moved_to_queue_at):
        yield _pool(step, candidates)


def wishes_of(item: Interaction) -> Wishes:
    """What the item itself asks for."""
    wants = item.attributes
    return wants.requested_agent, wants.requested_group, wants.requested_skill


def _pool(step: RoutingStep, candidates: Sequence[Candidate]) -> _Pool:
    skills = parse(step.skill).names() if step.skill else ()
    return [candidate for candidate in candidates if reaches(step, candidate.person)], skills


def _requested_by_routing(request: RoutingRequest, candidates: Sequence[Candidate]) -> _Pool:
    """Who fits a request; the agent who asked does not get the item back from the own group or skill."""
    if request.type is TargetType.AGENT:
        return [who for who in candidates if who.person.employee_id == request.target], ()
    others = [who for who in candidates if who.person.employee_id != request.original]
    if request.type is TargetType.GROUP:
        return [who for who in others if request.target in who.person.groups], ()
    if request.type is TargetType.SKILL:
        expression = parse(request.target)
        return [who for who in others if expression.matches(who.person.skills)], expression.names()
    return [], ()


def _select(
    reached: Sequence[Candidate], select: str, skills: tuple[str, ...], randomness: Callable[[int], int]
) -> Candidate:
    by_name = sorted(reached, key=lambda candidate: candidate.person.name)
    if select == RANDOM:
        return by_name[randomness(len(by_name))]
    return min(by_name, key=lambda candidate: rank(candidate, select, skills))


def rank(candidate: Candidate, select: str, skills: tuple[str, ...]) -> Rank:
    """How a candidate ranks by this way of choosing; `skills` are those that count in the step."""
    if select == "least-loaded":
        return sum(candidate.counts.values()), candidate.idle_since
    if select == "best-fit":
        return -sum(candidate.person.skills.get(skill, 0) for skill in skills), candidate.idle_since
    return 0, candidate.idle_since
