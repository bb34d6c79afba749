"""The way of an item in words: `11:28  Accepted by Lena Hofer`. No Qt."""

from workloom.api import Event, EventKind, ItemDetails, Say, as_it_is, wording

SOURCE = "source:"


def _said(source: str, person: str, actor: str, queue: str, say: Say) -> dict[EventKind, str]:
    return {
        EventKind.SUBMITTED: say("Captured from “{source}”", source=source) if source else say("Captured"),
        EventKind.ACCEPTED: say("Accepted by {person}", person=person),
        EventKind.PULLED: say("Opened by {person}", person=person),
        EventKind.REJECTED: say("Declined by {person}", person=person),
        EventKind.OFFER_EXPIRED: say("Not answered by {person}", person=person),
        EventKind.REVOKED: say("Taken back from {person}", person=person),
        EventKind.PLACED_IN_QUEUE: say("Queue {queue}", queue=queue),
        EventKind.PLACED_IN_WORKBIN: say("Moved to workbin by {actor}", actor=actor),
        EventKind.ROUTING_REQUESTED: say("Transfer through routing by {actor}", actor=actor),
        EventKind.TRANSFER_OFFERED: say("Offered to {person} by {actor}", person=person, actor=actor),
        EventKind.TRANSFER_REFUSED: say("Transfer not accepted by {person}", person=person),
        EventKind.TRANSFERRED: say("Transferred by {actor}", actor=actor),
        EventKind.NOTE_ADDED: say("Note by {actor}", actor=actor),
        EventKind.DONE: say("Done by {actor}", actor=actor),
        EventKind.CANCELED: say("Canceled by {actor}", actor=actor),
        EventKind.RESTARTED: say("Started again by {actor}", actor=actor),
        EventKind.REOPENED: say("Reopened by {actor}", actor=actor),
        EventKind.HELD: say("Held by {actor}", actor=actor),
        EventKind.RESUMED: say("Hold ended"),
        EventKind.COMPLETED_BY_SOURCE: say("Completed by its source"),
        EventKind.CANCELED_BY_SOURCE: say("Canceled by its source"),
        EventKind.UPDATED_BY_SOURCE: say("Changed by its source"),
        EventKind.RESTARTED_BY_SOURCE: say("Started again by its source"),
        EventKind.ROUTING_FAILED: say("Routing failed"),
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

    return _said(
        event.actor.removeprefix(SOURCE) if event.actor.startswith(SOURCE) else "",
        name(event.person) or say("somebody"),
        say("the service") if event.actor == "service" else name(event.actor),
        details.queues.get(event.queue, event.queue),
        say,
    ).get(event.kind, "")
