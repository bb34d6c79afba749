"""Capture decided: what a message of a source does to its item. Pure: message, what is known, the item, the time.

An update carries over what the source has changed since its last message; a value that a person has changed stays
until the source itself says something else. So a row that changes nothing but its revision leaves the item alone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.capture_messages import Count, Known, Message, Verb, changed, is_older
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import SUBJECT, Interaction, Outcome, State, WorkItemAttributes
from workloom.domain.moves_base import back_in_queue, event, finished
from workloom.domain.moves_offers import withdrawn
from workloom.domain.site import Site

_ATTRIBUTES = frozenset(WorkItemAttributes.__struct_fields__) - {"capture_point"}
ITEM_FIELDS = frozenset({"subject", "priority", "media_type", "queue"}) | _ATTRIBUTES
"""What a mapping may set on an item beside attached data."""

INSTANTS = frozenset(name for name in _ATTRIBUTES if name.endswith("_at"))
NUMBERS = frozenset({"priority", "business_value"})

_FINISHING = {
    Verb.COMPLETE: (EventKind.COMPLETED_BY_SOURCE, Outcome.COMPLETED),
    Verb.CANCEL: (EventKind.CANCELED_BY_SOURCE, Outcome.CANCELED),
}

Steps = tuple[Interaction, tuple[Event, ...]]


class Outcomes(Struct, frozen=True, kw_only=True):
    """What a message does: how it counts, the item afterwards (None = as it was) and what happened."""

    count: Count
    item: Interaction | None = None
    events: tuple[Event, ...] = ()


UNCHANGED = Outcomes(count=Count.UNCHANGED)


def actor(point: str) -> str:
    """Who acts when a source does."""
    return f"source:{point}"


def is_news(message: Message, known: Known) -> bool:
    """Whether the message is neither known nor older than the latest."""
    return not known.has(message.revision, message.verb) and not is_older(message.revision, known.revision)


def is_settled(message: Message, item: Interaction) -> bool:
    """Whether the item can take no such message: it exists already, or is finished and not restarted."""
    return message.verb is Verb.CREATE or (item.is_finished and message.verb is not Verb.RESTART)


def create(message: Message, *, item: str, tenant: str, contact: str, now: datetime) -> Outcomes:
    """The item of an unknown capture id: it waits in its queue, whatever the verb of the message is.

    The message must say `media_type` and `queue`.
    """
    fields = message.said.fields
    queue = str(fields["queue"])
    by = actor(message.point)
    new = Interaction(
        id=item,
        tenant=tenant,
        media_type=str(fields["media_type"]),
        external_id=message.capture_id,
        queue=queue,
        priority=_number(fields.get("priority")),
        contact_id=contact,
        submitted_by=by,
        received_at=now,
        submitted_at=now,
        placed_at=now,
        queue_since={queue: now},
        attributes=_attributes(WorkItemAttributes(capture_point=message.point), fields),
        attached=_attached({}, message.said.attached, fields),
    )
    detail = {"capture_id": message.capture_id, "revision": message.revision}
    return Outcomes(count=Count.CREATED, item=new, events=(event(EventKind.SUBMITTED, new, now, by, detail=detail),))


def follow(message: Message, known: Known, item: Interaction, *, contact: str, site: Site, now: datetime) -> Outcomes:
    """What a further message does to its item. `contact` is whom the message names, empty if nobody.

    Nothing changes by a message that is known, by one that is older than the latest, by a second create, and, once
    the item is finished, by anything but a restart.
    """
    if not is_news(message, known) or is_settled(message, item):
        return UNCHANGED
    after, events = _updated(message, known, item, contact, now)
    more: tuple[Event, ...] = ()
    match message.verb:
        case Verb.COMPLETE | Verb.CANCEL:
            after, more = _finished(message, after, now)
        case Verb.RESTART if item.is_finished:
            after, more = _restarted(message, after, site, now)
        case Verb.HOLD if not item.is_held:
            after, more = _held(message, after, site, now)
        case Verb.RESUME if item.is_held:
            after, more = _resumed(message, after, now)
    if not events and not more:
        return UNCHANGED
    count = Count.COMPLETED if message.verb in _FINISHING else Count.UPDATED
    return Outcomes(count=count, item=after, events=(*events, *more))


def _updated(message: Message, known: Known, item: Interaction, contact: str, now: datetime) -> Steps:
    """The item with what the source has changed since its last message. Queue and media type stay as they are."""
    fields = changed(known.said.fields, message.said.fields)
    attached = changed(known.said.attached, message.said.attached)
    renamed = bool(contact) and message.said.contact_key != known.said.contact_key
    after = replace(
        item,
        priority=_number(fields["priority"]) if "priority" in fields else item.priority,
        contact_id=contact if renamed else item.contact_id,
        attributes=_attributes(item.attributes, fields),
        attached=_attached(item.attached, attached, fields),
    )
    if after == item:
        return item, ()
    detail = {"revision": message.revision, "changes": _changes(item, after)}
    by, holder = actor(message.point), item.assigned_to
    return after, (event(EventKind.UPDATED_BY_SOURCE, after, now, by, person=holder, detail=detail),)


def _finished(message: Message, item: Interaction, now: datetime) -> Steps:
    """Finished by the source; whoever holds the item or is offered it loses it with a notice."""
    kind, outcome = _FINISHING[message.verb]
    by, reason = actor(message.point), kind.value
    abandoned = outcome is Outcome.CANCELED and item.state in (State.QUEUED, State.OFFERED)
    after = replace(finished(item), outcome=outcome, completed_at=now, abandoned_at=now if abandoned else None)
    events: list[Event] = []
    if item.offer is not None:
        detail = {"reason": reason, "ticket": item.offer.ticket}
        events.append(event(EventKind.REVOKED, after, now, by, person=item.offer.agent, detail=detail))
    if item.assigned_to:
        events.append(event(EventKind.REVOKED, after, now, by, person=item.assigned_to, detail={"reason": reason}))
    left = {"person": item.assigned_to, "workbin": item.workbin, "workbin_owner": item.workbin_owner}
    events.append(event(kind, after, now, by, **left, detail={"revision": message.revision}))
    return after, tuple(events)


def _restarted(message: Message, item: Interaction, site: Site, now: datetime) -> Steps:
    """Back in its queue; its first completion stays in its history."""
    after = replace(back_in_queue(item, site, now), outcome=Outcome.NONE, completed_at=None, abandoned_at=None)
    return after, (_event(EventKind.RESTARTED_BY_SOURCE, message, after, now),)


def _held(message: Message, item: Interaction, site: Site, now: datetime) -> Steps:
    """Not routed until resumed. A running offer of the router is withdrawn; an agent who has the item keeps it."""
    events: tuple[Event, ...] = ()
    if item.state is State.OFFERED:
        withdrawal = withdrawn(item, site, now, actor(message.point), "held-by-source")
        item, events = withdrawal.item, withdrawal.events
    after = replace(item, held_at=now, held_until=None)
    return after, (*events, _event(EventKind.HELD, message, after, now))


def _resumed(message: Message, item: Interaction, now: datetime) -> Steps:
    after = replace(item, held_at=None, held_until=None)
    return after, (_event(EventKind.RESUMED, message, after, now),)


def _event(kind: EventKind, message: Message, item: Interaction, now: datetime) -> Event:
    detail = {"revision": message.revision}
    return event(kind, item, now, actor(message.point), person=item.assigned_to, detail=detail)


def _attributes(attributes: WorkItemAttributes, fields: Mapping[str, Any]) -> WorkItemAttributes:
    """Attributes with the fields that are theirs; a cleared one goes back to its default."""
    defaults = WorkItemAttributes()
    named = {name: value for name, value in fields.items() if name in _ATTRIBUTES}
    return replace(
        attributes,
        **{
            name: getattr(defaults, name)
            if value is None
            else datetime.fromisoformat(value)
            if name in INSTANTS
            else value
            for name, value in named.items()
        },
    )


def _attached(before: Mapping[str, Any], said: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    changes = {**said, SUBJECT: fields["subject"]} if "subject" in fields else said
    after = {**before, **changes}
    return {key: value for key, value in after.items() if value is not None}


def _changes(before: Interaction, after: Interaction) -> dict[str, Any]:
    """What has changed, key → [before, after] as text; the history of the item shows it."""
    found: dict[str, Any] = {}
    for name in ("priority", "contact_id"):
        _note(found, name, getattr(before, name), getattr(after, name))
    for name in sorted(_ATTRIBUTES):
        _note(found, name, getattr(before.attributes, name), getattr(after.attributes, name))
    for key in sorted({*before.attached, *after.attached}):
        _note(found, key, before.attached.get(key), after.attached.get(key))
    return found


def _note(found: dict[str, Any], key: str, before: object, after: object) -> None:
    if before != after:
        found[key] = ["" if value is None else str(value) for value in (before, after)]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
