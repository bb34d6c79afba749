"""An interaction as a row, and back."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import convert

from workloom.adapters.sqlite.values import (
    at_text,
    at_text_or_none,
    at_value,
    at_value_or_none,
    json_text,
    json_value,
)
from workloom.domain.interaction import Interaction, Offer, Outcome, State, WorkItemAttributes
from workloom.domain.routing_request import request_of

_ALONE = "item:"
_NO_ATTRIBUTES = WorkItemAttributes()
_PLAIN = (
    "id", "tenant", "media_type", "external_id", "parent_id", "interaction_type", "subtype", "fence", "priority",
    "queue", "workbin", "workbin_owner", "unread", "assigned_to", "session", "contact_id", "disposition",
    "submitted_by", "error",
)  # fmt: skip
_NEEDED_INSTANTS = ("received_at", "submitted_at", "placed_at")
_OTHER_INSTANTS = ("delivered_at", "assigned_at", "handling_until", "held_at", "held_until", "completed_at")


def row_of(item: Interaction) -> dict[str, Any]:
    """The columns of an item, by name."""
    row = {name: getattr(item, name) for name in _PLAIN}
    row.update({name: at_text(getattr(item, name)) for name in _NEEDED_INSTANTS})
    row.update({name: at_text_or_none(getattr(item, name)) for name in _OTHER_INSTANTS})
    offer = item.offer
    row.update(
        state=item.state.value,
        outcome=item.outcome.value,
        queue_since=_instants_text(item.queue_since),
        refusals=_instants_text(item.refusals),
        offer=None if offer is None else json_text(offer),
        offer_to="" if offer is None else offer.agent,
        offered_at=None if offer is None else at_text(offer.offered_at),
        offer_deadline=None if offer is None else at_text(offer.deadline),
        attributes="{}" if item.attributes == _NO_ATTRIBUTES else json_text(item.attributes),
        attached=json_text(item.attached) if item.attached else "{}",
        subject=item.subject,
        capture_point=item.attributes.capture_point,
        activation_at=at_text_or_none(item.attributes.activation_at),
        due_at=at_text_or_none(item.attributes.due_at),
        routing_age=at_text(item.moved_to_queue_at),
        want=want_of(item),
        routable=int(item.state in (State.QUEUED, State.IN_WORKBIN) and not item.is_held and not item.error),
    )
    return row


def want_of(item: Interaction) -> str:
    """What sets the item apart in routing; empty for most.

    Items of one place, media type and want are alike: whom one cannot reach, none of the same age can. An item that
    carries a request or that somebody declined is like no other.
    """
    if item.refusals or request_of(item) is not None:
        return f"{_ALONE}{item.id}"
    wishes = item.attributes
    wanted = (wishes.requested_agent, wishes.requested_group, wishes.requested_skill)
    return json_text(wanted) if any(wanted) else ""


def is_alone(want: str) -> bool:
    """Whether an item with this `want` is like no other."""
    return want.startswith(_ALONE)


def item_of(row: sqlite3.Row) -> Interaction:
    """The item of a row."""
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values["unread"] = bool(values["unread"])
    for name in _NEEDED_INSTANTS:
        values[name] = at_value(row[name])
    for name in _OTHER_INSTANTS:
        values[name] = at_value_or_none(row[name])
    if row["attributes"] != "{}":
        values["attributes"] = convert(json_value(row["attributes"]), WorkItemAttributes)
    if row["offer"] is not None:
        values["offer"] = convert(json_value(row["offer"]), Offer)
    return Interaction(
        state=State(row["state"]),
        outcome=Outcome(row["outcome"]),
        queue_since=_instants(row["queue_since"]),
        refusals=_instants(row["refusals"]),
        attached=json_value(row["attached"]),
        **values,
    )


def _instants_text(instants: Mapping[str, datetime]) -> str:
    return json_text({name: at_text(at) for name, at in instants.items()}) if instants else "{}"


def _instants(text: str) -> dict[str, datetime]:
    return {} if text == "{}" else {name: at_value(at) for name, at in json_value(text).items()}
