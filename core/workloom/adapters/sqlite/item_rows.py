"""An interaction as a row, and back."""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from msgspec import convert

from workloom.adapters.sqlite.values import (
    at_text,
    at_text_or_none,
    at_value,
    json_text,
    json_value,
)
from workloom.domain.interaction import Interaction, Offer, Outcome, State, WorkItemAttributes
from workloom.domain.routing import Wishes, wishes_of
from workloom.domain.routing_request import request_of
from workloom.domain.targets import TargetType

_ALONE, _MOVES = "item:", "move:"
_FIELDS: Final = Interaction.__struct_fields__
_VALUES_OF: Final = attrgetter(*_FIELDS)
_NO_ATTRIBUTES = WorkItemAttributes()
_STATES = {state.value: state for state in State}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
TABLE: Final = (
    "row", "id", "tenant", "media_type", "external_id", "parent_id", "interaction_type", "subtype", "state", "outcome",
    "fence", "priority", "queue", "workbin", "workbin_owner", "unread", "assigned_to", "session", "contact_id",
    "disposition", "submitted_by", "error", "received_at", "submitted_at", "placed_at", "delivered_at", "assigned_at",
    "handling_until", "held_at", "held_until", "completed_at", "queue_since", "refusals", "offer", "offer_to",
    "offered_at", "offer_deadline", "attributes", "attached", "subject", "capture_point", "activation_at", "due_at",
    "routing_age", "want", "routable", "abandoned_at",
)  # fmt: skip
"""The columns of the table, in their order."""

_PLAIN = (
    "id", "tenant", "media_type", "external_id", "parent_id", "interaction_type", "subtype", "fence", "priority",
    "queue", "workbin", "workbin_owner", "assigned_to", "session", "contact_id", "disposition", "submitted_by", "error",
)  # fmt: skip
_NEEDED_INSTANTS = ("received_at", "submitted_at", "placed_at")
_OTHER_INSTANTS = (
    "delivered_at",
    "assigned_at",
    "handling_until",
    "held_at",
    "held_until",
    "completed_at",
    "abandoned_at",
)


def _instant(name: str) -> Callable[[Interaction], str | None]:
    return lambda item: at_text_or_none(getattr(item, name))


def want_of(item: Interaction) -> str:
    """What sets the item apart in routing; empty for most.

    Items of one place, media type and want are alike: whom one cannot reach, none of the same age can. An item that
    carries a request or that somebody declined is like no other.
    """
    request = request_of(item)
    if request is not None and request.type is TargetType.QUEUE:
        return f"{_MOVES}{item.id}"
    if item.refusals or request is not None:
        return f"{_ALONE}{item.id}"
    wishes = wishes_of(item)
    return json_text(wishes) if any(wishes) else ""


_COLUMNS: Final[Mapping[str, Callable[[Interaction], Any]]] = {
    **{name: attrgetter(name) for name in _PLAIN},
    **{name: _instant(name) for name in (*_NEEDED_INSTANTS, *_OTHER_INSTANTS)},
    "unread": lambda item: item.unread,
    "state": lambda item: item.state.value,
    "outcome": lambda item: item.outcome.value,
    "queue_since": lambda item: _instants_text(item.queue_since),
    "refusals": lambda item: _instants_text(item.refusals),
    "offer": lambda item: None if item.offer is None else json_text(item.offer),
    "offer_to": lambda item: "" if item.offer is None else item.offer.agent,
    "offered_at": lambda item: None if item.offer is None else at_text(item.offer.offered_at),
    "offer_deadline": lambda item: None if item.offer is None else at_text(item.offer.deadline),
    "attributes": lambda item: "{}" if item.attributes == _NO_ATTRIBUTES else json_text(item.attributes),
    "attached": lambda item: json_text(item.attached) if item.attached else "{}",
    "subject": lambda item: item.subject,
    "capture_point": lambda item: item.attributes.capture_point,
    "activation_at": lambda item: at_text_or_none(item.attributes.activation_at),
    "due_at": lambda item: at_text_or_none(item.attributes.due_at),
    "routing_age": lambda item: at_text(item.moved_to_queue_at),
    "want": want_of,
    "routable": lambda item: int(_rests(item) and not item.is_held and not item.error),
}
"""What each column says of an item."""

_DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "external_id": ("subject",),
    "attached": ("subject", "want"),
    "attributes": ("capture_point", "activation_at", "due_at", "want"),
    "refusals": ("want",),
    "offer": ("offer_to", "offered_at", "offer_deadline"),
    "queue": ("routing_age",),
    "queue_since": ("routing_age",),
    "placed_at": ("routing_age",),
    "state": ("routable",),
    "held_at": ("routable",),
    "error": ("routable",),
}
"""For a property the columns that depend on it, beside the one of its own name."""


def row_of(item: Interaction) -> dict[str, Any]:
    """The columns of an item, by name."""
    return {name: value_of(item) for name, value_of in _COLUMNS.items()}


def changed_columns(before: Interaction, after: Interaction) -> dict[str, Any]:
    """The columns of `after` that a change from `before` concerns, by name."""
    changed: dict[str, Any] = {}
    for field, was, becomes in zip(_FIELDS, _VALUES_OF(before), _VALUES_OF(after), strict=True):
        if was is becomes or was == becomes:
            continue
        for column in (field, *_DERIVED.get(field, ())):
            changed[column] = _COLUMNS[column](after)
    return changed


def is_alone(want: str) -> bool:
    """Whether an item with this `want` is like no other."""
    return want.startswith((_ALONE, _MOVES))


def wishes_in(want: str) -> Wishes:
    """The wishes that a `want` stands for."""
    return convert(json_value(want), Wishes) if want and not is_alone(want) else ("", "", "")


def is_moving(want: str) -> bool:
    """Whether an item with this `want` carries a request for another queue."""
    return want.startswith(_MOVES)


def item_of(row: sqlite3.Row) -> Interaction:
    """The item of a row that begins with the columns of the table, in their order."""
    values: dict[str, Any] = dict(zip(TABLE, row, strict=False))  # a look-up by name in a row compares all names
    instants = (*_NEEDED_INSTANTS, *_OTHER_INSTANTS)
    as_they_are: dict[str, Any] = {name: values[name] for name in _PLAIN}
    as_instants: dict[str, Any] = {name: at_value(values[name]) for name in instants if values[name] is not None}
    return Interaction(
        **as_they_are,
        **as_instants,
        state=_STATES[values["state"]],
        outcome=_OUTCOMES[values["outcome"]],
        unread=bool(values["unread"]),
        queue_since=_instants(values["queue_since"]),
        refusals=_instants(values["refusals"]),
        attached=json_value(values["attached"]),
        attributes=_attributes(values["attributes"]),
        offer=None if values["offer"] is None else convert(json_value(values["offer"]), Offer),
    )


def _attributes(text: str) -> WorkItemAttributes:
    return _NO_ATTRIBUTES if text == "{}" else convert(json_value(text), WorkItemAttributes)


def _rests(item: Interaction) -> bool:
    return item.state in (State.QUEUED, State.IN_WORKBIN)


def _instants_text(instants: Mapping[str, datetime]) -> str:
    return json_text({name: at_text(at) for name, at in instants.items()}) if instants else "{}"


def _instants(text: str) -> dict[str, datetime]:
    return {} if text == "{}" else {name: at_value(at) for name, at in json_value(text).items()}
