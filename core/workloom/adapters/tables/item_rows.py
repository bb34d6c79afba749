"""An interaction as a row, and back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import compress
from operator import attrgetter, ne
from typing import Any, Final

from msgspec import convert, json
from msgspec.structs import astuple

from workloom.adapters.tables.values import at_text, json_text, json_value
from workloom.domain.interaction import Interaction, Offer, Outcome, State, WorkItemAttributes
from workloom.domain.routing import Wishes, wishes_of
from workloom.domain.routing_request import request_of
from workloom.domain.targets import TargetType

_ALONE, _MOVES = "item:", "move:"
_FIELDS: Final = Interaction.__struct_fields__
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
_PLAIN_OF: Final = attrgetter(*_PLAIN)
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
# What JSON columns say is decoded into its type at once: an item is read for each offer that is made.
_INSTANTS_OF: Final = json.Decoder(dict[str, datetime]).decode
_ATTRIBUTES_OF: Final = json.Decoder(WorkItemAttributes).decode
_OFFER_OF: Final = json.Decoder(Offer).decode
_NO_INSTANTS: Final[Mapping[str, datetime]] = {}


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


Column = Callable[[Interaction], Any]
"""What a column says of an item."""

_COLUMNS: Final[Mapping[str, Column]] = {
    **{name: attrgetter(name) for name in _PLAIN},
    "unread": lambda item: item.unread,
    "state": lambda item: item.state.value,
    "outcome": lambda item: item.outcome.value,
    "queue_since": lambda item: _instants_text(item.queue_since),
    "refusals": lambda item: _instants_text(item.refusals),
    "offer": lambda item: None if item.offer is None else json_text(item.offer),
    "offer_to": lambda item: "" if item.offer is None else item.offer.agent,
    "attributes": lambda item: "{}" if item.attributes == _NO_ATTRIBUTES else json_text(item.attributes),
    "attached": lambda item: json_text(item.attached) if item.attached else "{}",
    "subject": lambda item: item.subject,
    "capture_point": lambda item: item.attributes.capture_point,
    "want": want_of,
    "routable": lambda item: _rests(item) and not item.is_held and not item.error,
}
"""Columns that every database keeps alike."""

_INSTANTS: Final[Mapping[str, Callable[[Interaction], datetime | None]]] = {
    **{name: attrgetter(name) for name in (*_NEEDED_INSTANTS, *_OTHER_INSTANTS)},
    "offered_at": lambda item: None if item.offer is None else item.offer.offered_at,
    "offer_deadline": lambda item: None if item.offer is None else item.offer.deadline,
    "activation_at": lambda item: item.attributes.activation_at,
    "due_at": lambda item: item.attributes.due_at,
    "routing_age": lambda item: item.moved_to_queue_at,
}
"""Columns that hold an instant, or none."""

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


class ItemRows:
    """Items as rows of a database that keeps an instant as `at` says, and back by `instant`.

    `more`: columns that only this database has, each with the property that it depends on.
    """

    def __init__(
        self,
        at: Callable[[datetime], Any],
        instant: Callable[[Any], datetime],
        more: Mapping[str, tuple[str, Column]] | None = None,
    ) -> None:
        self._instant = instant
        self._columns: dict[str, Column] = {
            **_COLUMNS,
            **{name: _kept(of_item, at) for name, of_item in _INSTANTS.items()},
        }
        self._derived = dict(_DERIVED)
        for name, (field, of_item) in (more or {}).items():
            self._columns[name] = of_item
            self._derived[field] = (*self._derived.get(field, ()), name)
        self._others = tuple(self._columns.values())[len(_PLAIN) :]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are written of a new item."""
        return tuple(self._columns)

    def values_of(self, item: Interaction) -> list[Any]:
        """What these columns say of an item."""
        return [*_PLAIN_OF(item), *[value_of(item) for value_of in self._others]]

    def row_of(self, item: Interaction) -> dict[str, Any]:
        """The columns of an item, by name."""
        return dict(zip(self._columns, self.values_of(item), strict=True))

    def changed_columns(self, before: Interaction, after: Interaction) -> dict[str, Any]:
        """The columns of `after` that a change from `before` concerns, by name."""
        changed: dict[str, Any] = {}
        for field in compress(_FIELDS, map(ne, astuple(before), astuple(after))):
            for column in (field, *self._derived.get(field, ())):
                changed[column] = self._columns[column](after)
        return changed

    def item_of(self, row: Sequence[Any]) -> Interaction:
        """The item of a row that begins with the columns of the table, in their order."""
        (
            _row, key, tenant, media_type, external_id, parent_id, interaction_type, subtype, state, outcome,
            fence, priority, queue, workbin, workbin_owner, unread, assigned_to, session, contact_id,
            disposition, submitted_by, error, received_at, submitted_at, placed_at, delivered_at, assigned_at,
            handling_until, held_at, held_until, completed_at, queue_since, refusals, offer, _offer_to,
            _offered_at, _offer_deadline, attributes, attached, _subject, _capture_point, _activation_at, _due_at,
            _routing_age, _want, _routable, abandoned_at, *_more,
        ) = row  # fmt: skip
        instant = self._instant
        return Interaction(
            id=key,
            tenant=tenant,
            media_type=media_type,
            external_id=external_id,
            parent_id=parent_id,
            interaction_type=interaction_type,
            subtype=subtype,
            state=_STATES[state],
            outcome=_OUTCOMES[outcome],
            fence=fence,
            priority=priority,
            queue=queue,
            workbin=workbin,
            workbin_owner=workbin_owner,
            unread=bool(unread),
            assigned_to=assigned_to,
            session=session,
            contact_id=contact_id,
            disposition=disposition,
            submitted_by=submitted_by,
            error=error,
            received_at=instant(received_at),
            submitted_at=instant(submitted_at),
            placed_at=instant(placed_at),
            delivered_at=None if delivered_at is None else instant(delivered_at),
            assigned_at=None if assigned_at is None else instant(assigned_at),
            handling_until=None if handling_until is None else instant(handling_until),
            held_at=None if held_at is None else instant(held_at),
            held_until=None if held_until is None else instant(held_until),
            completed_at=None if completed_at is None else instant(completed_at),
            abandoned_at=None if abandoned_at is None else instant(abandoned_at),
            queue_since=_NO_INSTANTS if queue_since == "{}" else _INSTANTS_OF(queue_since),
            refusals=_NO_INSTANTS if refusals == "{}" else _INSTANTS_OF(refusals),
            attached=json_value(attached),
            attributes=_NO_ATTRIBUTES if attributes == "{}" else _ATTRIBUTES_OF(attributes),
            offer=None if offer is None else _OFFER_OF(offer),
        )


def is_alone(want: str) -> bool:
    """Whether an item with this `want` is like no other."""
    return want.startswith((_ALONE, _MOVES))


def wishes_in(want: str) -> Wishes:
    """The wishes that a `want` stands for."""
    return convert(json_value(want), Wishes) if want and not is_alone(want) else ("", "", "")


def is_moving(want: str) -> bool:
    """Whether an item with this `want` carries a request for another queue."""
    return want.startswith(_MOVES)


def _kept(of_item: Callable[[Interaction], datetime | None], at: Callable[[datetime], Any]) -> Column:
    def column(item: Interaction) -> Any:
        instant = of_item(item)
        return None if instant is None else at(instant)

    return column


def _rests(item: Interaction) -> bool:
    return item.state in (State.QUEUED, State.IN_WORKBIN)


def _instants_text(instants: Mapping[str, datetime]) -> str:
    return json_text({name: at_text(at) for name, at in instants.items()}) if instants else "{}"
