"""What is asked of the history, and how its path is said. No Qt."""

from collections.abc import Sequence

from workloom.api import (
    Event,
    EventKind,
    Fact,
    HistoryQuery,
    HistoryScope,
    HistoryStatus,
    ItemColumn,
    ItemDetails,
    ItemRow,
    OptionSet,
    common_facts,
    item_columns,
    wording,
)

STATUSES = (
    (HistoryStatus.ALL, "All"),
    (HistoryStatus.IN_PROGRESS, "In progress"),
    (HistoryStatus.DONE, "Done"),
)
_SAID = {
    EventKind.SUBMITTED: "Captured",
    EventKind.ACCEPTED: "Accepted by {person}",
    EventKind.PULLED: "Opened by {person}",
    EventKind.REJECTED: "Declined by {person}",
    EventKind.OFFER_EXPIRED: "Offer to {person} ran out",
    EventKind.PLACED_IN_QUEUE: "Put into queue {queue}",
    EventKind.PLACED_IN_WORKBIN: "Moved to workbin",
    EventKind.ROUTING_REQUESTED: "Transfer asked by {actor}",
    EventKind.TRANSFER_OFFERED: "Offered to {person} by {actor}",
    EventKind.TRANSFER_REFUSED: "Transfer not taken",
    EventKind.TRANSFERRED: "Transferred to {person}",
    EventKind.DONE: "Done by {actor}",
    EventKind.REOPENED: "Reopened by {actor}",
    EventKind.REVOKED: "Taken back",
    EventKind.HELD: "Held",
    EventKind.RESUMED: "Hold ended",
    EventKind.COMPLETED_BY_SOURCE: "Completed by its source",
    EventKind.CANCELED_BY_SOURCE: "Canceled by its source",
    EventKind.AGENT_LOST: "The desktop of {person} was lost",
}


def query(scope: HistoryScope, status: str, text: str, contact: str = "") -> HistoryQuery:
    """What the filters of a list ask for."""
    return HistoryQuery(scope=scope, contact=contact, status=HistoryStatus(status), text=text)


def columns_of(options: OptionSet, option: str) -> tuple[ItemColumn, ...]:
    """The columns that an option names."""
    return item_columns(options.words(option))


def path_words(details: ItemDetails) -> tuple[tuple[str, str], ...]:
    """When and what, oldest first; events that say nothing to an agent are left out."""
    return tuple(
        (wording.moment(event.at, details.read_at), _words(event, details))
        for event in details.path
        if event.kind in _SAID
    )


def facts_of(details: ItemDetails) -> tuple[Fact, ...]:
    """Where the item is, then what every list says, then the result."""
    item = details.row.item
    facts = [Fact(label="Where it is", value=details.row.where_at(details.read_at)), *common_facts(details)]
    if item.disposition:
        facts.append(Fact(label="Disposition", value=item.disposition))
    return tuple(facts)


def second_line(row: ItemRow) -> str:
    """What stands below the subject in the short history: `In progress · Queue “Claims”`, `Done by you`."""
    return row.where if row.item.is_finished else f"In progress · {row.where}"


def counted(titles: Sequence[tuple[HistoryStatus, str]], in_progress: int, done: int) -> dict[str, str]:
    """Titles of the status filter with their counts."""
    counts = {HistoryStatus.IN_PROGRESS: in_progress, HistoryStatus.DONE: done}
    return {status: f"{title} {counts[status]}" if status in counts else title for status, title in titles}


def _words(event: Event, details: ItemDetails) -> str:
    return _SAID[event.kind].format(
        person=details.name_of(event.person) or "somebody",
        actor=details.name_of(event.actor),
        queue=details.queues.get(event.queue, event.queue),
    )
