"""Who had an item before: its hand-overs in words, from the events of its path. No Qt."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from workloom.api import Event, EventKind, Say, Services

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


def read_hand_overs(services: Services, item: str, say: Say) -> tuple[HandOver, ...]:
    """The hand-overs of an item, oldest first. Blocks."""
    path = services.items.path(item)
    me = services.configuration.me().name
    queues = {queue.name: queue.title or queue.name for queue in services.configuration.queues()}
    people = {who for event in path if event.kind in SAID for who in _people(event)}
    names = {who: _name(services, who) for who in people - {me}}
    return hand_overs(path, _People(me, names, say), queues, say)


class _People:
    """Who did something, and to whom it was done."""

    def __init__(self, me: str, names: Mapping[str, str], say: Say) -> None:
        self._me, self._names, self._translate = me, names, say

    def did(self, who: str) -> str:
        """At the beginning of a sentence."""
        return self._translate("You") if who == self._me else self._names.get(who, who)

    def got(self, who: str) -> str:
        """Within one."""
        return self._translate("you") if who == self._me else self._names.get(who, who)


def hand_overs(path: Sequence[Event], people: _People, queues: Mapping[str, str], say: Say) -> tuple[HandOver, ...]:
    """The hand-overs among the events; `queues` gives their titles."""
    found: list[HandOver] = []
    transferred_at: datetime | None = None
    for event in path:
        words = _words(event, people, queues, say)
        # A transfer into a queue leaves two events; the second says nothing more.
        if not words or (event.kind is EventKind.PLACED_IN_QUEUE and event.at == transferred_at):
            continue
        if event.kind in (EventKind.TRANSFERRED, EventKind.ROUTING_REQUESTED):
            transferred_at = event.at
        found.append(HandOver(at=event.at, words=words))
    return tuple(found)


def _words(event: Event, people: _People, queues: Mapping[str, str], say: Say) -> str:
    who, detail = people.did(event.actor), event.detail
    to, target = str(detail.get("to", "")), str(detail.get("target", ""))
    if event.kind is EventKind.REVOKED:
        # With a ticket it is an offer that was taken back: nobody had the item.
        return "" if "ticket" in detail else say("Taken back from {person}", person=people.got(event.person))
    if event.kind is EventKind.TRANSFERRED and detail.get("reason") == "accepted":
        return say("{who} transferred it to {person}", who=people.did(event.person), person=people.got(to))
    if event.actor == SERVICE or event.actor.startswith(SOURCE):
        return ""
    return {
        EventKind.ROUTING_REQUESTED: say("{who} transferred it to {person}", who=who, person=people.got(target)),
        EventKind.TRANSFERRED: say("{who} transferred it to queue {queue}", who=who, queue=queues.get(to, to)),
        EventKind.PLACED_IN_QUEUE: say(
            "{who} moved it to queue {queue}", who=who, queue=queues.get(event.queue, event.queue)
        ),
        EventKind.PLACED_IN_WORKBIN: say("{who} put it into a workbin", who=who),
        EventKind.DONE: say("{who} marked it done", who=who),
        EventKind.CANCELED: say("{who} canceled it", who=who),
        EventKind.RESTARTED: say("{who} started it again", who=who),
        EventKind.REOPENED: say("{who} reopened it", who=who),
    }.get(event.kind, "")


def _people(event: Event) -> tuple[str, ...]:
    return (event.actor, event.person, str(event.detail.get("to", "")), str(event.detail.get("target", "")))


def _name(services: Services, user: str) -> str:
    found = services.configuration.person(user) if user else None
    return found.full_name if found else user
