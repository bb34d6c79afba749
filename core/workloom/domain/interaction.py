"""The interaction record: one work item, where it is, and whose it is.

Property names follow the field (see `docs/glossary.md`); each instant is an aware UTC datetime.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

Value = str | int | dict[str, Any]
"""What attached data may hold: text, integers, and nested key-value lists of them."""

AttachedData = dict[str, Any]

SUBJECT = "Subject"

LONGEST_NUMBER = 200
"""Characters of a number, and of whatever else an item or a contact is found by."""


class State(StrEnum):
    """Where an item is in its life. Code of the reference in brackets."""

    QUEUED = "queued"  # rests in a queue (0)
    IN_WORKBIN = "in-workbin"  # rests in a workbin (0)
    OFFERED = "offered"  # with the router, offered to an agent (2)
    HANDLING = "handling"  # with an agent (3)
    FINISHED = "finished"


class Outcome(StrEnum):
    """How an item was finished."""

    NONE = ""
    COMPLETED = "completed"
    CANCELED = "canceled"
    REJECTED = "rejected"


class OfferKind(StrEnum):
    """Who made the offer."""

    ROUTING = "routing"
    TRANSFER = "transfer"


class Offer(Struct, frozen=True, kw_only=True):
    """An item reserved for one agent under a ticket until `deadline`."""

    ticket: str
    agent: str
    session: str
    offered_at: datetime
    deadline: datetime
    kind: OfferKind = OfferKind.ROUTING
    sender: str = ""
    reason: str = ""
    note: str = ""


class WorkItemAttributes(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Core attributes that a capture source or a rule sets. Everything else is attached data."""

    capture_point: str = ""
    activation_at: datetime | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None
    business_value: int = 0
    category: str = ""
    channel: str = ""
    process: str = ""
    department: str = ""
    solution: str = ""
    customer_id: str = ""
    customer_segment: str = ""
    product_type: str = ""
    product_subtype: str = ""
    requested_agent: str = ""
    requested_group: str = ""
    requested_skill: str = ""
    result_code: str = ""
    source_created_at: datetime | None = None
    source_due_at: datetime | None = None
    reprioritise_at: datetime | None = None


class Interaction(Struct, frozen=True, kw_only=True):
    """One work item as the service knows it.

    `fence` rises with each change of owner: a write that names an old one is refused.
    `queue_since` keeps the first time the item came to each queue; it does not change when it leaves and returns.
    `queue` stays the last queue while the item is elsewhere; `workbin` is empty unless the item rests there or is
    offered from there. `refusals` says for each person who declined or missed it until when it is not offered again.
    `abandoned_at`: its source canceled it while it waited for an agent.
    """

    id: str
    tenant: str
    media_type: str
    external_id: str = ""
    parent_id: str = ""
    interaction_type: str = "Inbound"
    subtype: str = ""
    state: State = State.QUEUED
    outcome: Outcome = Outcome.NONE
    fence: int = 0
    priority: int = 0
    queue: str = ""
    workbin: str = ""
    workbin_owner: str = ""
    unread: bool = False
    assigned_to: str = ""
    session: str = ""
    offer: Offer | None = None
    contact_id: str = ""
    disposition: str = ""
    submitted_by: str = ""
    error: str = ""
    received_at: datetime
    submitted_at: datetime
    placed_at: datetime
    queue_since: Mapping[str, datetime] = {}
    refusals: Mapping[str, datetime] = {}
    delivered_at: datetime | None = None
    assigned_at: datetime | None = None
    handling_until: datetime | None = None
    held_at: datetime | None = None
    held_until: datetime | None = None
    completed_at: datetime | None = None
    abandoned_at: datetime | None = None
    attributes: WorkItemAttributes = WorkItemAttributes()
    attached: AttachedData = {}

    @property
    def number(self) -> str:
        """What people call the item: the source's own id, else ours."""
        return self.external_id or self.id

    @property
    def subject(self) -> str:
        """The attached key `Subject`, else the number."""
        return str(self.attached.get(SUBJECT) or self.number)

    @property
    def is_held(self) -> bool:
        """Held items rest where they are and are not routed."""
        return self.held_at is not None

    @property
    def is_locked(self) -> bool:
        """Whether nobody but the one it is offered to, or who has it, may take it now."""
        return self.state in (State.OFFERED, State.HANDLING)

    @property
    def is_online(self) -> bool:
        """Whether somebody waits at the other end, as in a call or chat: never for a work item."""
        return False

    @property
    def is_finished(self) -> bool:
        """Finished items are history; only a reopen brings them back."""
        return self.state is State.FINISHED

    @property
    def moved_to_queue_at(self) -> datetime:
        """The first time the item came to its queue: its age in routing."""
        return self.queue_since.get(self.queue, self.placed_at)


class Note(Struct, frozen=True, kw_only=True):
    """A remark that only colleagues see."""

    id: str
    item: str
    author: str
    at: datetime
    text: str
