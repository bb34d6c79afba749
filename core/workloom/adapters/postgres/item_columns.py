"""An item as a row of PostgreSQL: instants as they are, and the shard of its queue."""

from collections.abc import Mapping
from typing import Final

from workloom.adapters.tables.item_rows import TABLE, ItemRows
from workloom.services.shards import place_of_queue

ITEMS: Final = ItemRows(
    lambda instant: instant, lambda kept: kept, {"queue_hash": ("queue", lambda item: place_of_queue(item.queue))}
)

_BIG: Final = ("row", "fence", "priority")
_FLAGS: Final = ("unread", "routable")
_INSTANTS: Final = (
    "received_at", "submitted_at", "placed_at", "delivered_at", "assigned_at", "handling_until", "held_at",
    "held_until", "completed_at", "offered_at", "offer_deadline", "activation_at", "due_at", "routing_age",
    "abandoned_at",
)  # fmt: skip
TYPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(TABLE, "text"),
    **dict.fromkeys(_BIG, "bigint"),
    **dict.fromkeys(_FLAGS, "boolean"),
    **dict.fromkeys(_INSTANTS, "timestamptz"),
    "queue_hash": "integer",
}
"""The type of each column."""
