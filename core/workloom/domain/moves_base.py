"""What every decision on an item is made of: who asks, when, under which rules; and what comes out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.errors import Finished, NotAllowed, Refused, Stale
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Note, State
from workloom.domain.options import OptionSet
from workloom.domain.presence import Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.resting import Viewer, may_open, person_title
from workloom.domain.routing_request import without_request
from workloom.domain.sentences import Sentence, sentence
from workloom.domain.site import Site

HANDLING_TIMEOUT_KEY = "handling-timeout"
"""Attached key: minutes after which an untouched item leaves its agent."""

LONGEST_HANDLING = timedelta(days=366)
"""A longer handling time counts as this one: each item with an agent has an end."""

_MOST_DIGITS = 9


class Circumstances(Struct, frozen=True, kw_only=True):
    """What a decision depends on besides item and command, as it is at this moment.

    `target` is the session of the agent to whom a transfer goes, None = not logged in; `target_privileges` what that
    agent may do. `was_party`: the caller has had the item before. `new_id(kind)` gives a fresh identifier.
    """

    now: datetime
    site: Site
    viewer: Viewer
    session: str
    options: OptionSet
    new_id: Callable[[str], str]
    target: Session | None = None
    target_privileges: frozenset[str] = frozenset()
    was_party: bool = False

    @property
    def person(self) -> str:
        """User name of the caller."""
        return self.viewer.person.name


class Placed(Protocol):
    """What an event says of an item: which it is, and where."""

    @property
    def id(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def workbin(self) -> str: ...
    @property
    def workbin_owner(self) -> str: ...


class Decision(Struct, frozen=True, kw_only=True):
    """The item as it will be, and what has happened; `notes` are new."""

    item: Interaction
    events: tuple[Event, ...]
    notes: tuple[Note, ...] = ()


def event(kind: EventKind, item: Placed, now: datetime, actor: str, **more: object) -> Event:
    """An event about the item where it is now; `person`, `queue` … and `detail` by name."""
    values: dict[str, object] = {
        "queue": item.queue,
        "workbin": item.workbin,
        "workbin_owner": item.workbin_owner,
        **more,
    }
    return Event(at=now, kind=kind, item=item.id, actor=actor, **values)  # type: ignore[arg-type]


def singular(item: Interaction, site: Site) -> str:
    """`Claim`: what people call one item of this media type; `{kind:within}` of a sentence makes it a `claim`."""
    media_type = site.media_types.get(item.media_type)
    return media_type.singular if media_type else item.media_type


def handling_until(item: Interaction, site: Site, now: datetime) -> datetime:
    """When an untouched item leaves its agent: attached key (minutes), then media type (minutes), then the service."""
    media_type = site.media_types.get(item.media_type)
    minutes = _minutes(item.attached.get(HANDLING_TIMEOUT_KEY)) or (media_type.handling_timeout if media_type else 0)
    seconds = minutes * 60 if minutes > 0 else site.timers.handling
    return now + timedelta(seconds=min(seconds, LONGEST_HANDLING.total_seconds()))


def _minutes(attached: object) -> int:
    """What the attached key says, 0 if that is no number of minutes."""
    if isinstance(attached, str):
        text = attached.strip()
        return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0
    return attached if isinstance(attached, int) and not isinstance(attached, bool) else 0


def need(privilege: str, circumstances: Circumstances, what: str) -> None:
    """Raise NotAllowed unless the caller holds the privilege and the channel. `what` ends `You may not …`."""
    held = circumstances.viewer.privileges
    for each in (USE_CHANNEL, privilege):
        if each not in held:
            raise NotAllowed(not_allowed(what, each), privilege=each)


def not_allowed(what: str, privilege: str) -> Sentence:
    """What is said to somebody without the privilege; `what` ends `You may not …`."""
    return sentence(
        "You may not {what}. The privilege “{privilege}” is missing.", what=sentence(what), privilege=privilege
    )


def need_unfinished(item: Interaction, site: Site) -> None:
    """Raise Finished for an item that is done."""
    if item.is_finished:
        raise Finished(
            sentence("This {kind:within} is done. It can only be reopened from the history.", kind=singular(item, site))
        )


def need_fence(item: Interaction, fence: int, site: Site) -> None:
    """Raise Stale if the item has changed hands since the caller saw it (fence 0 = the caller does not say)."""
    if fence and fence != item.fence:
        raise Stale(
            sentence(
                "This {kind:within} has changed hands since you read it. Load it again.", kind=singular(item, site)
            )
        )


def need_owner(item: Interaction, circumstances: Circumstances) -> None:
    """Raise unless the item is with the caller, in this very session."""
    need_unfinished(item, circumstances.site)
    if item.state is State.HANDLING and item.assigned_to == circumstances.person:
        if item.session == circumstances.session:
            return
        raise Stale(
            sentence("This {kind:within} is open in another session of yours.", kind=singular(item, circumstances.site))
        )
    kind = singular(item, circumstances.site)
    if not item.assigned_to:
        raise Stale(sentence("This {kind:within} is not with you any more.", kind=kind))
    who = person_title(circumstances.site, item.assigned_to)
    raise Stale(sentence("This {kind:within} is not with you any more. {who} has it now.", kind=kind, who=who))


def need_hand_on(item: Interaction, circumstances: Circumstances, management: str = "") -> None:
    """Raise unless the caller may act on the item: it is with the caller, or rests in a workbin that the caller may
    open, or it rests anywhere and the caller holds the privilege `management`.
    """
    site = circumstances.site
    need_unfinished(item, site)
    if item.state is State.HANDLING:
        need_owner(item, circumstances)
        return
    if item.state is State.OFFERED:
        raise Refused(
            sentence(
                "This {kind:within} is being offered at this moment. Try again when it rests.",
                kind=singular(item, site),
            )
        )
    if management and management in circumstances.viewer.privileges:
        return
    if item.state is State.QUEUED:
        raise Refused(sentence("This {kind:within} waits in a queue. Open it first.", kind=singular(item, site)))
    openness = may_open(item, site, circumstances.viewer)
    if not openness.can_open:
        raise NotAllowed(openness.reason, privilege=openness.privilege)


def need_no_transfer(item: Interaction, circumstances: Circumstances) -> None:
    """Raise while a transfer of the item waits for its answer."""
    if item.state is State.HANDLING and item.offer is not None:
        who = person_title(circumstances.site, item.offer.agent)
        raise Refused(
            sentence(
                "This {kind:within} is offered to {who}. Wait for the answer or cancel the transfer.",
                kind=singular(item, circumstances.site),
                who=who,
            )
        )


def in_queue(item: Interaction, queue: str, now: datetime) -> Interaction:
    """The item resting in a queue; the first time that it came there is kept."""
    return replace(
        _released(item),
        state=State.QUEUED,
        queue=queue,
        workbin="",
        workbin_owner="",
        unread=False,
        placed_at=now,
        queue_since=item.queue_since if queue in item.queue_since else {**item.queue_since, queue: now},
    )


def back_in_queue(item: Interaction, site: Site, now: datetime) -> Interaction:
    """The item resting in its queue again, or, where the site has that one no more, in the latest that it still has.

    With none of them it rests in its old queue, where the router marks it, until a person moves it.
    """
    known = [name for name in item.queue_since if name in site.queues]
    if item.queue in site.queues or not known:
        return in_queue(item, item.queue, now)
    return in_queue(item, max(known, key=lambda name: (item.queue_since[name], name)), now)


def in_workbin(item: Interaction, workbin: str, owner: str, now: datetime, *, unread: bool) -> Interaction:
    """The item resting in a workbin."""
    return replace(
        _released(item),
        state=State.IN_WORKBIN,
        workbin=workbin,
        workbin_owner=owner,
        unread=unread,
        placed_at=now,
    )


def with_agent(item: Interaction, circumstances: Circumstances) -> Interaction:
    """The item with the caller. A hold ends, which is an event of its own: `hold_ended_by_taking`."""
    now = circumstances.now
    return replace(
        _released(item),
        state=State.HANDLING,
        fence=item.fence + 1,
        workbin="",
        workbin_owner="",
        unread=False,
        assigned_to=circumstances.person,
        session=circumstances.session,
        assigned_at=now,
        handling_until=handling_until(item, circumstances.site, now),
        held_at=None,
        held_until=None,
    )


def hold_ended_by_taking(before: Interaction, after: Interaction, circumstances: Circumstances) -> tuple[Event, ...]:
    """Whoever takes a held item ends its hold: the event of that, none if it was not held."""
    if not before.is_held:
        return ()
    person = circumstances.person
    return (event(EventKind.RESUMED, after, circumstances.now, person, person=person, detail={"reason": "taken"}),)


def _released(item: Interaction) -> Interaction:
    """The item without owner, offer and error; the fence rises if it had an owner."""
    return replace(
        item,
        fence=item.fence + 1 if item.assigned_to else item.fence,
        assigned_to="",
        session="",
        assigned_at=None,
        handling_until=None,
        offer=None,
        error="",
        refusals={},
    )


def finished(item: Interaction) -> Interaction:
    """The item without owner, place in a workbin, offer, request, hold and timers; the outcome is the caller's."""
    return replace(
        _released(item),
        attached=without_request(item.attached),
        state=State.FINISHED,
        workbin="",
        workbin_owner="",
        unread=False,
        held_at=None,
        held_until=None,
    )
