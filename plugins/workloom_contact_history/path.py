"""The way of an item in words: `11:28  Accepted by Lena Hofer`. No Qt."""

from workloom.api import Event, EventKind, ItemDetails, wording

SOURCE = "source:"
_SAID = {
    EventKind.SUBMITTED: "Captured{source}",
    EventKind.ACCEPTED: "Accepted by {person}",
    EventKind.PULLED: "Opened by {person}",
    EventKind.REJECTED: "Declined by {person}",
    EventKind.OFFER_EXPIRED: "Not answered by {person}",
    EventKind.REVOKED: "Taken back from {person}",
    EventKind.PLACED_IN_QUEUE: "Queue {queue}",
    EventKind.PLACED_IN_WORKBIN: "Moved to workbin by {actor}",
    EventKind.ROUTING_REQUESTED: "Transfer through routing by {actor}",
    EventKind.TRANSFER_OFFERED: "Offered to {person} by {actor}",
    EventKind.TRANSFER_REFUSED: "Transfer not accepted by {person}",
    EventKind.TRANSFERRED: "Transferred by {actor}",
    EventKind.NOTE_ADDED: "Note by {actor}",
    EventKind.DONE: "Done by {actor}",
    EventKind.CANCELED: "Canceled by {actor}",
    EventKind.RESTARTED: "Started again by {actor}",
    EventKind.REOPENED: "Reopened by {actor}",
    EventKind.HELD: "Held by {actor}",
    EventKind.RESUMED: "Hold ended",
    EventKind.COMPLETED_BY_SOURCE: "Completed by its source",
    EventKind.CANCELED_BY_SOURCE: "Canceled by its source",
    EventKind.UPDATED_BY_SOURCE: "Changed by its source",
    EventKind.RESTARTED_BY_SOURCE: "Started again by its source",
    EventKind.ROUTING_FAILED: "Routing failed",
}


def path_words(details: ItemDetails) -> tuple[tuple[str, str], ...]:
    """When and what, oldest first; events that say nothing to an agent are left out."""
    said = [(_when(event, details), _words(event, details)) for event in details.path if event.kind in _SAID]
    return tuple(dict.fromkeys(said))


def _when(event: Event, details: ItemDetails) -> str:
    """The time today, the day and time before."""
    local, now = event.at.astimezone(), details.read_at.astimezone()
    return f"{local:%H:%M}" if local.date() == now.date() else wording.moment(event.at, details.read_at)


def _words(event: Event, details: ItemDetails) -> str:
    source = event.actor.removeprefix(SOURCE) if event.actor.startswith(SOURCE) else ""
    return _SAID[event.kind].format(
        person=details.name_of(event.person) or "somebody",
        actor="the service" if event.actor == "service" else details.name_of(event.actor),
        queue=details.queues.get(event.queue, event.queue),
        source=f" from “{source}”" if source else "",
    )
