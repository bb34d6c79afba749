"""A broken promise, and what the events of an item say about its record."""

from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction

OFFERED = (EventKind.OFFERED, EventKind.TRANSFER_OFFERED)
ANSWERED = (EventKind.ACCEPTED, EventKind.REJECTED, EventKind.OFFER_EXPIRED)


class Broken(AssertionError):
    """A promise was found broken."""

    def __init__(self, promise: str, text: object) -> None:
        super().__init__(f"{promise}: {text}")
        self.promise = promise


def need(promise: str, holds: bool, text: object) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(promise, text)


def compare_with_events(record: Interaction, events: tuple[Event, ...]) -> None:
    """One offer at a time, and one end."""
    kinds = [event.kind for event in events]
    ends = kinds.count(EventKind.DONE) - kinds.count(EventKind.REOPENED)
    need("I3", 0 <= ends <= 1, f"{record.id} was finished {ends} times")
    need("I7", ends == int(record.is_finished), f"{record.id} is {record.state}; its events end {ends} times")
    offers = 0
    for event in events:
        if event.kind in OFFERED:
            offers += 1
        elif event.kind in ANSWERED or (event.kind is EventKind.REVOKED and "ticket" in event.detail):
            offers -= 1
        need("I2", 0 <= offers <= 1, f"{record.id} was offered {offers} times at once")
    need("I7", offers == int(record.offer is not None), f"{record.id} has {offers} offers by its events")
