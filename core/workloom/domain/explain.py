"""Why an agent gets (no) offers, and why an item is waiting: the answers in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction, State
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.readiness import Obstacle, Standing, Step, first_obstacle
from workloom.domain.routing import Candidate, choose, next_change, reaches
from workloom.domain.site import Person, Queue, Site, Strategy
from workloom.domain.wording import count, duration

NO_MEDIA_TYPE: Final = Obstacle(
    step=Step.MEDIA_TYPE,
    found="The site defines no media type.",
    remedy="Add [media-types.NAME] to the site file.",
)


class MediaAnswer(Struct, frozen=True, kw_only=True):
    """Why an agent gets (no) offers of one media type; no obstacle = an offer comes. The only answer of a site without
    media types is of none.
    """

    media_type: str
    obstacle: Obstacle | None = None
    text: str = ""


def explain_agent(
    site: Site,
    catalogue: OptionCatalogue,
    standing: Standing,
    media_types: Sequence[str],
    waiting: Sequence[Interaction],
    now: datetime,
) -> tuple[MediaAnswer, ...]:
    """For each media type the first step that is missing, or that an offer comes. `waiting`: items that are routed."""
    if not media_types:
        return (_answer("", NO_MEDIA_TYPE),)
    return tuple(_media_answer(site, catalogue, standing, media_type, waiting, now) for media_type in media_types)


def _media_answer(
    site: Site,
    catalogue: OptionCatalogue,
    standing: Standing,
    media_type: str,
    waiting: Sequence[Interaction],
    now: datetime,
) -> MediaAnswer:
    obstacle = first_obstacle(site, catalogue, standing, media_type) or _no_queue(site, standing, media_type)
    if obstacle is not None:
        return _answer(media_type, obstacle)
    person = site.persons[standing.person]
    ways = dict(_ways_to(site, person, media_type))
    items = [item for item in waiting if item.media_type == media_type and _place(item) in ways]
    if not items:
        nothing = f"Everything is set, and nothing waits in {', '.join(_titles(site, ways))}."
        return _answer(media_type, Obstacle(step=Step.ITEMS, found=nothing))
    session = standing.session
    assert session is not None  # else the login would be the obstacle
    me = Candidate(person=person, session=session.id, idle_since=session.idle_since, counts=standing.counts)
    if any(_reached(item, ways[_place(item)], me, now) for item in items):
        text = f"Everything is set: the next of {count(len(items), 'waiting item')} comes by its turn."
        return MediaAnswer(media_type=media_type, text=text)
    changes = [change for item in items if (change := next_change(item, ways[_place(item)], now))]
    changes += [until for item in items if (until := item.refusals.get(person.name, now)) > now]
    later = f" Time changes that in {duration(min(changes) - now)}." if changes else ""
    none = f"{count(len(items), 'item')} in {', '.join(_titles(site, ways))}, and none reaches {person.full_name} now."
    return _answer(media_type, Obstacle(step=Step.ITEMS, found=none + later))


def _answer(media_type: str, obstacle: Obstacle) -> MediaAnswer:
    return MediaAnswer(media_type=media_type, obstacle=obstacle, text=str(obstacle))


def _no_queue(site: Site, standing: Standing, media_type: str) -> Obstacle | None:
    person = site.persons[standing.person]
    if any(True for _ in _ways_to(site, person, media_type)):
        return None
    return Obstacle(
        step=Step.QUEUE,
        found=f"No queue that takes {media_type} has a strategy that reaches {person.full_name}.",
        remedy="Add the person, a group or a skill to a step of the queue's strategy.",
    )


_TRIED_AGAIN: Final = (
    "Mend the site file: when it is applied, routing tries the item again. Or open the item, or move it."
)

_Place = tuple[str, str]
"""Queue and workbin; one of them is empty."""


def _place(item: Interaction) -> _Place:
    """Where the item rests: an item in a workbin keeps the name of its last queue, to which it goes back."""
    return ("", item.workbin) if item.workbin else (item.queue, "")


def _titles(site: Site, places: Iterable[_Place]) -> Iterator[str]:
    for queue, workbin in places:
        yield f"“{site.queues[queue].title or queue if queue else site.workbins[workbin].title or workbin}”"


def _ways_to(site: Site, person: Person, media_type: str) -> Iterator[tuple[_Place, Strategy]]:
    """Queues and workbins with a strategy that reaches the person at some step, of those that take the media type."""
    places = [((queue.name, ""), queue.strategy) for queue in site.queues.values() if _takes(queue, media_type)]
    places += [(("", workbin.name), workbin.strategy) for workbin in site.workbins.values()]
    for place, name in places:
        strategy = site.strategies.get(name)
        if strategy and _ever_reaches(strategy, person):
            yield place, strategy


def _takes(queue: Queue, media_type: str) -> bool:
    return not queue.media_types or media_type in queue.media_types


def _ever_reaches(strategy: Strategy, person: Person) -> bool:
    for step in strategy.steps:
        try:
            if reaches(step, person):
                return True
        except BadInput:
            continue  # a step that cannot be read reaches nobody; `explain item` names it
    return False


def _reached(item: Interaction, strategy: Strategy, candidate: Candidate, now: datetime) -> bool:
    if item.refusals.get(candidate.person.name, now) > now:
        return False
    try:
        return choose(item, strategy, [candidate], now, lambda _below: 0) is not None
    except BadInput:
        return False


def explain_item(
    site: Site, catalogue: OptionCatalogue, item: Interaction, standings: Sequence[Standing], now: datetime
) -> tuple[str, ...]:
    """Why the item is where it is, in sentences. `standings`: everybody of the site."""
    resting = _not_routed(site, item, now)
    if resting:
        return (resting,)
    strategy = site.strategies[_strategy_name(site, item)]
    waited = duration(now - item.moved_to_queue_at)
    (title,) = _titles(site, [_place(item)])
    lines = [f"Waits in {title} for {waited}, priority {item.priority}."]
    try:
        lines += _agents(site, catalogue, item, strategy, standings, now)
    except BadInput as error:
        lines.append(f"The strategy “{strategy.name}” cannot be carried out: {error}")
    return tuple(lines)


def _not_routed(site: Site, item: Interaction, now: datetime) -> str:
    """Why the item is not looked at by routing; empty if it is."""
    place = item.workbin or item.queue
    people = {name: person.full_name for name, person in site.persons.items()}
    gone = not item.workbin and item.queue not in site.queues
    activation = item.attributes.activation_at
    facts: tuple[tuple[object, str], ...] = (
        (item.is_finished, f"The item is finished ({item.outcome})."),
        (item.state is State.HANDLING, f"The item is with {people.get(item.assigned_to, item.assigned_to)}."),
        (item.state is State.OFFERED, f"The item is offered to {_offered_to(item, people)} at this moment."),
        (item.error, f"Routing has failed: {item.error.removeprefix('Routing: ')} {_TRIED_AGAIN}"),
        (item.is_held, f"The item is held in “{place}”{_until(item.held_until, now)}. It is not routed until then."),
        (activation and activation > now, f"The item becomes active{_until(activation, now, 'in')}."),
        (gone, f"The queue “{item.queue}” is no longer in the site. Move the item to another queue."),
        (
            _strategy_name(site, item) not in site.strategies,
            f"“{place}” has no strategy: the item rests there until somebody opens it.",
        ),
    )
    return next((text for holds, text in facts if holds), "")


def _strategy_name(site: Site, item: Interaction) -> str:
    place = site.workbins.get(item.workbin) if item.workbin else site.queues.get(item.queue)
    return place.strategy if place else ""


def _offered_to(item: Interaction, people: Mapping[str, str]) -> str:
    agent = item.offer.agent if item.offer else ""
    return people.get(agent, agent)


def _until(moment: datetime | None, now: datetime, word: str = "for another") -> str:
    return f" {word} {duration(moment - now)}" if moment else " until somebody resumes it"


def _agents(
    site: Site,
    catalogue: OptionCatalogue,
    item: Interaction,
    strategy: Strategy,
    standings: Sequence[Standing],
    now: datetime,
) -> Iterator[str]:
    """Each agent whom the item reaches at this moment, with what is missing."""
    reached = 0
    for standing in standings:
        person = site.persons.get(standing.person)
        if person is None or not person.enabled:
            continue
        alone = Candidate(person=person, session="", idle_since=now, counts=standing.counts)
        if choose(item, strategy, [alone], now, lambda _below: 0) is None:
            continue
        reached += 1
        obstacle = first_obstacle(site, catalogue, standing, item.media_type)
        again = item.refusals.get(person.name, now)
        declined = f"Has declined it, is asked again in {duration(again - now)}." if again > now else ""
        yield f"{person.full_name}: {obstacle or declined or 'Can take it, comes by its turn.'}"
    if not reached:
        yield f"The strategy “{strategy.name}” reaches nobody at this step."
    change = next_change(item, strategy, now)
    if change:
        yield f"In {duration(change - now)} the next step looks further."
