"""Who had an item before: its hand-overs in words, from the events of its path. No Qt."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from workloom.api import Event, EventKind, Services

SERVICE, SOURCE = "service", "source:"
SAID: Final = frozenset(
    {
        EventKind.ROUTING_REQUESTED,
        EventKind.TRANSFERRED,
        EventKind.PLACED_IN_QUEUE,
        EventKind.PLACED_IN_WORKBIN,
        EventKind.REVOKED,
        EventKind.DONE,
        EventKind.CANCELED,
        EventKind.RESTARTED,
        EventKind.REOPENED,
    }
)


class HandOver(Struct, frozen=True, kw_only=True):
    """One hand-over: when, and what happened in a sentence."""

    at: datetime
    words: str


def read_hand_overs(services: Services, item: str) -> tuple[HandOver, ...]:
    """The hand-overs of an item, oldest first. Blocks."""
    path = services.items.path(item)
    me = services.configuration.me().name
    queues = {queue.name: queue.title or queue.name for queue in services.configuration.queues()}
    people = {who for event in path if event.kind in SAID for who in _people(event)}
    names = {who: "You" if who == me else _name(services, who) for who in people}
    return hand_overs(path, lambda who: names.get(who, who), lambda queue: queues.get(queue, queue))


def hand_overs(
    path: Sequence[Event], person: Callable[[str], str], queue: Callable[[str], str]
) -> tuple[HandOver, ...]:
    """The hand-overs among the events; `person` and `queue` give the titles of names."""
    found: list[HandOver] = []
    transferred_at: datetime | None = None
    for event in path:
        words = _words(event, person, queue)
        # A transfer into a queue leaves two events; the second says nothing more.
        if not words or (event.kind is EventKind.PLACED_IN_QUEUE and event.at == transferred_at):
            continue
        if event.kind in (EventKind.TRANSFERRED, EventKind.ROUTING_REQUESTED):
            transferred_at = event.at
        found.append(HandOver(at=event.at, words=words))
    return tuple(found)


def _words(event: Event, person: Callable[[str], str], queue: Callable[[str], str]) -> str:
    actor, detail = person(event.actor), event.detail
    to, target = str(detail.get("to", "")), str(detail.get("target", ""))
    if event.kind is EventKind.REVOKED:
        # With a ticket it is an offer that was taken back: nobody had the item.
        return "" if "ticket" in detail else f"Taken back from {_object(person(event.person))}"
    if event.kind is EventKind.TRANSFERRED and detail.get("reason") == "accepted":
        return f"{person(event.person)} transferred it to {_object(person(to))}"
    if event.actor == SERVICE or event.actor.startswith(SOURCE):
        return ""
    said = {
        EventKind.ROUTING_REQUESTED: f"transferred it to {_object(person(target))}",
        EventKind.TRANSFERRED: f"transferred it to queue {queue(to)}",
        EventKind.PLACED_IN_QUEUE: f"moved it to queue {queue(event.queue)}",
        EventKind.PLACED_IN_WORKBIN: "put it into a workbin",
        EventKind.DONE: "marked it done",
        EventKind.CANCELED: "canceled it",
        EventKind.RESTARTED: "started it again",
        EventKind.REOPENED: "reopened it",
    }.get(event.kind)
    return f"{actor} {said}" if said else ""


def _object(name: str) -> str:
    return "you" if name == "You" else name


def _people(event: Event) -> tuple[str, ...]:
    return (event.actor, event.person, str(event.detail.get("to", "")), str(event.detail.get("target", "")))


def _name(services: Services, user: str) -> str:
    found = services.configuration.person(user) if user else None
    return found.full_name if found else user
