"""What the addresses of administration take and answer beside objects of the site."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from workloom.domain.errors import WorkloomError
from workloom.domain.events import EventKind
from workloom.domain.interaction import Interaction, State
from workloom.domain.presence import Presence
from workloom.server.http_api.capture_types import Item
from workloom.server.http_api.fields import Attached, Instant, Name, WholeText
from workloom.server.http_api.routes import problem_for
from workloom.server.http_api.site_types import AnyObject
from workloom.services.administration import SHORTEST_PASSWORD, Changed, LoggedInPerson
from workloom.services.managed_items import BATCH, ItemHistory, ManagedItem
from workloom.services.site_changes import GENERAL_SETTINGS
from workloom.services.site_documents import KINDS
from workloom.wire import Problem

MOST_ITEMS = 10 * BATCH
"""Items in one bulk request."""


class ObjectPage(Struct, frozen=True, kw_only=True):
    """Objects of one kind, in the order of the site; `version` is that of the site."""

    offset: int
    total: int
    version: int
    rows: list[AnyObject]


class KindOfChange(Struct, frozen=True, kw_only=True):
    """Names of objects of one kind that come, change and go. `settings` are those that belong to no object."""

    kind: str
    added: list[str]
    changed: list[str]
    removed: list[str]


class ChangedBody(Struct, frozen=True, kw_only=True):
    """What has changed, or would; the version of the site then; and what is odd in it all the same."""

    version: int
    changes: list[KindOfChange]
    warnings: list[str] = []


class SiteBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site file as text. Who has neither password nor hash in it keeps the present password."""

    toml: WholeText


class SiteText(Struct, frozen=True, kw_only=True):
    """The site in force as a site file, without hashes of passwords."""

    version: int
    toml: str


class ChannelBody(Struct, frozen=True, kw_only=True):
    """State of one channel."""

    media_type: str
    state: Presence
    reason: str
    since: datetime


class SessionBody(Struct, frozen=True, kw_only=True):
    """Somebody who is logged in."""

    person: str
    full_name: str
    place: str
    logged_in_at: datetime
    last_seen_at: datetime
    channels: list[ChannelBody]


class SessionPage(Struct, frozen=True, kw_only=True):
    """Who is logged in, by user name."""

    offset: int
    total: int
    rows: list[SessionBody]


class PasswordBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new password."""

    password: Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=1000, pattern=r"^[^\u0000]*$")]


class ManagedBody(Item, frozen=True, kw_only=True):
    """An item with who has it and where it is. `capture_id` is the number that people know it by."""

    where: str
    contact: str
    assigned_to: str
    workbin: str
    workbin_owner: str
    held_until: datetime | None
    error: str


class ItemPage(Struct, frozen=True, kw_only=True):
    """Items of a list."""

    offset: int
    total: int
    rows: list[ManagedBody]


class EventBody(Struct, frozen=True, kw_only=True):
    """One change of an item."""

    sequence: int
    at: datetime
    kind: EventKind
    actor: str
    person: str
    queue: str
    workbin: str
    workbin_owner: str
    detail: dict[str, Any]


class NoteBody(Struct, frozen=True, kw_only=True):
    """A remark of a colleague."""

    author: str
    at: datetime
    text: str


class HistoryBody(Struct, frozen=True, kw_only=True):
    """What has happened to an item, oldest first."""

    events: list[EventBody]
    notes: list[NoteBody]


class HoldBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Until when; left out: until it is resumed."""

    until: Instant | None = None


class NoBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing has to be said."""


class MoveBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The queue in which the item shall wait."""

    queue: Name


class ModifyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes of case data: a value to set, null to take it away."""

    attached: Attached


class ManyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One operation on many items, by interaction id. `until`, `queue`, `attached` belong to hold, move, modify."""

    operation: Literal["hold", "resume", "complete", "cancel", "restart", "move", "modify"]
    items: Annotated[list[Name], Meta(min_length=1, max_length=MOST_ITEMS)]
    until: Instant | None = None
    queue: Name | UnsetType = UNSET
    attached: Attached | UnsetType = UNSET


class ManyResult(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one item: as it is now, or a problem."""

    item: str
    status: int
    state: State | None = None
    fence: int | None = None
    problem: Problem | None = None


class ManyAnswer(Struct, frozen=True, kw_only=True):
    """What became of each item, in their order."""

    changed: int
    failed: int
    results: list[ManyResult]


def changed_body(changed: Changed) -> ChangedBody:
    """Changes with the kinds as the addresses name them."""
    names = {kind: field.replace("_", "-") for kind, (field, _) in KINDS.items()} | {GENERAL_SETTINGS: "settings"}
    return ChangedBody(
        version=changed.version,
        changes=[
            KindOfChange(
                kind=names[each.kind], added=list(each.added), changed=list(each.changed), removed=list(each.removed)
            )
            for each in changed.changes.kinds
        ],
        warnings=[problem.message for problem in changed.warnings],
    )


def session_body(found: LoggedInPerson) -> SessionBody:
    """A session without its id, which is a secret."""
    values = {**msgspec.to_builtins(found.session), "full_name": found.full_name}
    return msgspec.convert({name: values[name] for name in SessionBody.__struct_fields__}, SessionBody)


def managed_body(found: ManagedItem) -> ManagedBody:
    """An item of the task list."""
    return ManagedBody(**item_values(found.item), where=found.where, contact=found.contact)


def item_values(item: Interaction) -> dict[str, Any]:
    """What `ManagedBody` has of the record."""
    own = {name: getattr(item, name) for name in ManagedBody.__struct_fields__ if hasattr(item, name)}
    attributes = {name: getattr(item.attributes, name) for name in item.attributes.__struct_fields__}
    return {**attributes, **own, "interaction_id": item.id, "capture_id": item.number, "held": item.is_held}


def history_body(history: ItemHistory) -> HistoryBody:
    """Events and notes."""
    return HistoryBody(
        events=[
            EventBody(**{name: getattr(each, name) for name in EventBody.__struct_fields__}) for each in history.events
        ],
        notes=[NoteBody(author=each.author, at=each.at, text=each.text) for each in history.notes],
    )


def many_result(item: str, result: Interaction | WorkloomError) -> ManyResult:
    """What became of one item."""
    if isinstance(result, WorkloomError):
        problem = problem_for(result)
        return ManyResult(item=item, status=problem.status, problem=problem)
    return ManyResult(item=item, status=200, state=result.state, fence=result.fence)
