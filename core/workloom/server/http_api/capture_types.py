"""What is sent to capture points and answered, as JSON. Names are those of the domain."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from workloom.domain.capture_messages import Count, Verb
from workloom.domain.interaction import Interaction, Outcome, State
from workloom.server.http_api.fields import Attached, Instant, Line, Name, Number, Text
from workloom.services.sent_messages import BATCH, Answer
from workloom.wire import Problem

MOST_MESSAGES = 5 * BATCH
"""Messages in one bulk request."""


class ContactBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The contact that an item is about: found again by `key`, made or changed with `attributes`."""

    key: Name
    attributes: dict[Name, Line] = {}


class Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a source says of its item. What is left out is not spoken of; null takes a value away."""

    subject: Text | UnsetType | None = UNSET
    priority: Number | UnsetType | None = UNSET
    business_value: Number | UnsetType | None = UNSET
    activation_at: Instant | UnsetType | None = UNSET
    due_at: Instant | UnsetType | None = UNSET
    expires_at: Instant | UnsetType | None = UNSET
    reprioritise_at: Instant | UnsetType | None = UNSET
    source_created_at: Instant | UnsetType | None = UNSET
    source_due_at: Instant | UnsetType | None = UNSET
    category: Line | UnsetType | None = UNSET
    channel: Line | UnsetType | None = UNSET
    process: Line | UnsetType | None = UNSET
    department: Line | UnsetType | None = UNSET
    solution: Line | UnsetType | None = UNSET
    customer_id: Line | UnsetType | None = UNSET
    customer_segment: Line | UnsetType | None = UNSET
    product_type: Line | UnsetType | None = UNSET
    product_subtype: Line | UnsetType | None = UNSET
    requested_agent: Line | UnsetType | None = UNSET
    requested_group: Line | UnsetType | None = UNSET
    requested_skill: Line | UnsetType | None = UNSET
    result_code: Line | UnsetType | None = UNSET
    attached: Attached = {}
    contact: ContactBody | None = None


class MessageBody(Content, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message about an item that there is. `revision` names it: taken once, and none older after it."""

    revision: Line = ""


class CreateBody(MessageBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new item. Media type and queue are needed where the capture point has none."""

    capture_id: Name
    media_type: Name | UnsetType = UNSET
    queue: Name | UnsetType = UNSET


class PutBody(MessageBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new item, or what is said of one that there is: then media type and queue do not count."""

    media_type: Name | UnsetType = UNSET
    queue: Name | UnsetType = UNSET


class BulkMessage(PutBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of many messages. The item is named by its capture id, or, unless it is created, by its interaction id."""

    verb: Verb
    capture_id: Name | UnsetType = UNSET
    interaction_id: Name | UnsetType = UNSET
    fence: Annotated[int, Meta(ge=0, le=2**53 - 1)] | UnsetType = UNSET


class BulkBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Messages, taken in their order."""

    messages: Annotated[list[BulkMessage], Meta(min_length=1, max_length=MOST_MESSAGES)]


class EventType(Enum):
    """What a CloudEvent asks for."""

    CREATE = "workloom.item.create"
    UPDATE = "workloom.item.update"
    HOLD = "workloom.item.hold"
    RESUME = "workloom.item.resume"
    COMPLETE = "workloom.item.complete"
    CANCEL = "workloom.item.cancel"
    RESTART = "workloom.item.restart"


class CloudEvent(Struct, frozen=True, kw_only=True):
    """A message as a CloudEvent 1.0 in structured mode. `subject` is the capture id; the message is named by `id` and
    `source`.

    Attributes that are not named here are passed over, as CloudEvents want it.
    """

    specversion: Annotated[str, Meta(pattern=r"^1\.0$")]
    id: Name
    source: Name
    type: EventType
    subject: Name
    time: Instant | UnsetType = UNSET
    datacontenttype: Annotated[str, Meta(pattern="^application/json$")] | UnsetType = UNSET
    dataschema: Line | UnsetType = UNSET
    data: PutBody = PutBody()


class Item(Struct, frozen=True, kw_only=True):
    """An item as its source may see it. `fence` rises with each change of owner: it is the entity tag."""

    interaction_id: str
    capture_id: str
    capture_point: str
    media_type: str
    state: State
    outcome: Outcome
    held: bool
    fence: int
    queue: str
    subject: str
    priority: int
    disposition: str
    received_at: datetime
    submitted_at: datetime
    placed_at: datetime
    delivered_at: datetime | None
    held_at: datetime | None
    completed_at: datetime | None
    activation_at: datetime | None
    due_at: datetime | None
    expires_at: datetime | None
    reprioritise_at: datetime | None
    source_created_at: datetime | None
    source_due_at: datetime | None
    business_value: int
    category: str
    channel: str
    process: str
    department: str
    solution: str
    customer_id: str
    customer_segment: str
    product_type: str
    product_subtype: str
    requested_agent: str
    requested_group: str
    requested_skill: str
    result_code: str
    attached: dict[str, Any]


class Taken(Struct, frozen=True, kw_only=True):
    """What became of a message. `reason` says why it has changed nothing."""

    result: Count
    item: Item
    reason: str = ""


class BulkResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one of many messages: `status` as if it had come alone; a problem instead of an item."""

    index: int
    status: int
    result: Count | None = None
    reason: str = ""
    interaction_id: str = ""
    state: State | None = None
    fence: int | None = None
    problem: Problem | None = None


class BulkAnswer(Struct, frozen=True, kw_only=True):
    """What became of each message, in their order. Those with a problem have changed nothing."""

    taken: int
    failed: int
    results: list[BulkResult]


class Pong(Struct, frozen=True, kw_only=True):
    """The capture point can be used. `now` is the clock of the service."""

    point: str
    title: str
    client: str
    version: str
    now: datetime


def item_body(item: Interaction, capture_id: str) -> Item:
    """An item as it is sent."""
    attributes = {name: getattr(item.attributes, name) for name in item.attributes.__struct_fields__}
    own = {name: getattr(item, name) for name in Item.__struct_fields__ if hasattr(item, name)}
    return Item(**{**attributes, **own, "interaction_id": item.id, "capture_id": capture_id, "held": item.is_held})


def taken(answer: Answer) -> Taken:
    """The answer to a message as it is sent."""
    return Taken(result=answer.result, item=item_body(answer.item, answer.capture_id), reason=answer.reason)
