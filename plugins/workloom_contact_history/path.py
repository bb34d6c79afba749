"""The way of an item in words: `11:28  Accepted by Lena Hofer`. No Qt."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from workloom.api import Event, EventKind, ItemDetails, Say, as_it_is, wording

SOURCE = "source:"


class _Names(NamedTuple):
    """Who and what an event speaks of."""

    source: str
    person: str
    actor: str
    queue: str


_SAID: Final[Mapping[EventKind, Callable[[Say, _Names], str]]] = {
    EventKind.SUBMITTED: lambda say, of: (
        say("Captured from “{source}”", source=of.source) if of.source else say("Captured")
    ),
    EventKind.ACCEPTED: lambda say, of: say("Accepted by {person}", person=of.person),
    EventKind.PULLED: lambda say, of: say("Opened by {person}", person=of.person),
    EventKind.REJECTED: lambda say, of: say("Declined by {person}", person=of.person),
    EventKind.OFFER_EXPIRED: lambda say, of: say("Not answered by {person}", person=of.person),
    EventKind.REVOKED: lambda say, of: say("Taken back from {person}", person=of.person),
    EventKind.PLACED_IN_QUEUE: lambda say, of: say("Queue {queue}", queue=of.queue),
    EventKind.PLACED_IN_WORKBIN: lambda say, of: say("Moved to workbin by {actor}", actor=of.actor),
    EventKind.ROUTING_REQUESTED: lambda say, of: say("Transfer through routing by {actor}", actor=of.actor),
    EventKind.TRANSFER_OFFERED: lambda say, of: say("Offered to {person} by {actor}", person=of.person, actor=of.actor),
    EventKind.TRANSFER_REFUSED: lambda say, of: say("Transfer not accepted by {person}", person=of.person),
    EventKind.TRANSFERRED: lambda say, of: say("Transferred by {actor}", actor=of.actor),
    EventKind.NOTE_ADDED: lambda say, of: say("Note by {actor}", actor=of.actor),
    EventKind.DONE: lambda say, of: say("Done by {actor}", actor=of.actor),
    EventKind.CANCELED: lambda say, of: say("Canceled by {actor}", actor=of.actor),
    EventKind.RESTARTED: lambda say, of: say("Started again by {actor}", actor=of.actor),
    EventKind.REOPENED: lambda say, of: say("Reopened by {actor}", actor=of.actor),
    EventKind.HELD: lambda say, of: say("Held by {actor}", actor=of.actor),
    EventKind.RESUMED: lambda say, _of: say("Hold ended"),
    EventKind.COMPLETED_BY_SOURCE: lambda say, _of: say("Completed by its source"),
    EventKind.CANCELED_BY_SOURCE: lambda say, _of: say("Canceled by its source"),
    EventKind.UPDATED_BY_SOURCE: lambda say, _of: say("Changed by its source"),
    EventKind.RESTARTED_BY_SOURCE: lambda say, _of: say("Started again by its source"),
    EventKind.ROUTING_FAILED: lambda say, _of: say("Routing failed"),
}


def path_words(details: ItemDetails, say: Say = as_it_is) -> tuple[tuple[str, str], ...]:
    """When and what, oldest first; events that say nothing to an agent are left out."""
    said = ((_when(event, details), _words(event, details, say)) for event in details.path)
    return tuple(dict.fromkeys((when, what) for when, what in said if what))


def _when(event: Event, details: ItemDetails) -> str:
    """The time today, the day and time before."""
    local, now = event.at.astimezone(), details.read_at.astimezone()
    return f"{local:%H:%M}" if local.date() == now.date() else wording.moment(event.at, details.read_at)


def _words(event: Event, details: ItemDetails, say: Say) -> str:
    def name(who: str) -> str:
        return say("you") if who == details.me else details.name_of(who)

    said = _SAID.get(event.kind)
    if said is None:
        return ""
    names = _Names(
        source=event.actor.removeprefix(SOURCE) if event.actor.startswith(SOURCE) else "",
        person=name(event.person) or say("somebody"),
        actor=say("the service") if event.actor == "service" else name(event.actor),
        queue=details.queues.get(event.queue, event.queue),
    )
    return said(say, names)
