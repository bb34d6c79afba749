"""What the dispatcher needs of a store: what is due, and what waits to be routed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from workloom.domain.interaction import AttachedData, Interaction, Offer
from workloom.domain.routing import Wishes


class Stream(Struct, frozen=True, kw_only=True):
    """Waiting items of one queue (or workbin) that are alike for routing: whom one cannot reach, none of them can.

    `want` sets them apart from others of the place; `wishes` are those of the items; `oldest` and `newest` are ages
    (instants), None = not known. An item that carries a request, or that somebody declined, is a stream `alone`; one
    whose request names a queue `moves`, whoever is there.
    """

    queue: str = ""
    workbin: str = ""
    media_type: str = ""
    want: str = ""
    wishes: Wishes = ("", "", "")
    oldest: datetime | None = None
    newest: datetime | None = None
    alone: bool = False
    moves: bool = False


class Waiting(Struct, frozen=True):
    """An item that waits in a stream, as far as an offer concerns it. `row` is where the store keeps it.

    `attached` is there only where it was asked for.
    """

    row: int
    id: str
    fence: int
    priority: int
    queue: str
    workbin: str
    workbin_owner: str
    moved_to_queue_at: datetime
    attached: AttachedData = {}


class Reservation(Struct, frozen=True):
    """An offer that the router makes: what it changes of an item is known beforehand.

    `attached`: what the item's attached data become with it, None = they stay. Keys on which something else of the
    item depends (`Subject`, those of a routing request) stay as they are.
    """

    item: Waiting
    offer: Offer
    attached: AttachedData | None = None


class DueReader(Protocol):
    """What time has brought, and what waits to be routed."""

    def offers(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        """Items whose offer has run out, the longest overdue first."""
        ...

    def handling(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        """Items with an agent whose handling time has run out."""
        ...

    def holds(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        """Held items whose hold has ended."""
        ...

    def failed(self, limit: int) -> tuple[Interaction, ...]:
        """Items in a queue or workbin that could not be routed."""
        ...

    def next_instant(self, now: datetime) -> datetime | None:
        """The earliest deadline or end of a hold, overdue ones included, or activation that is still to come."""
        ...

    def streams(self, workbins: Sequence[str]) -> tuple[Stream, ...]:
        """Streams of any queue and of these workbins that have an item which may be routed."""
        ...

    def heads(
        self,
        stream: Stream,
        now: datetime,
        *,
        since: datetime | None,
        until: datetime | None,
        limit: int,
        behind: Interaction | Waiting | None = None,
    ) -> tuple[Interaction, ...]:
        """Items of the stream in routing order whose age lies in `since` < age <= `until` (None = open end).

        `behind`: one of them; only the next ones are wanted. Those before it have left the stream in this transaction,
        or are about to.
        """
        ...

    def waiting(
        self,
        stream: Stream,
        now: datetime,
        *,
        since: datetime | None,
        until: datetime | None,
        limit: int,
        behind: Interaction | Waiting | None = None,
        attached: bool = False,
    ) -> tuple[Waiting, ...]:
        """The same items, of each only what an offer concerns; whether with their `attached` data."""
        ...

    def next_age(self, stream: Stream, after: datetime) -> datetime | None:
        """The oldest age (instant) later than `after` among the waiting items of the stream."""
        ...
