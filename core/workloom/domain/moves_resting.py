"""Taking items from where they rest, and letting them rest: pull, place, close, hold, done, reopen, time-outs."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from workloom.domain.case_data import missing
from workloom.domain.commands import Close, Hold, MarkDone, PlaceInQueue, PlaceInWorkbin, Pull, Reopen, Resume
from workloom.domain.errors import BadInput, NotAllowed, NotFound, Refused
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Outcome, State
from workloom.domain.moves_base import (
    Circumstances,
    Decision,
    back_in_queue,
    event,
    finished,
    handling_until,
    hold_ended_by_taking,
    in_queue,
    in_workbin,
    need,
    need_hand_on,
    need_no_transfer,
    need_owner,
    need_unfinished,
    singular,
    with_agent,
)
from workloom.domain.moves_offers import SERVICE, withdrawn
from workloom.domain.moves_places import in_progress_place, owner_to_put
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_TO_WORKBIN,
    MANAGEMENT_USE,
    MARK_DONE,
    MOVE_TO_QUEUE,
    MOVE_TO_WORKBIN,
    MY_HISTORY,
    USE_CHANNEL,
    USE_WORKBINS,
)
from workloom.domain.resting import may_open, may_open_from_history
from workloom.domain.routing_request import without_request
from workloom.domain.sentences import sentence
from workloom.domain.site import Site

HANDLING_TIMEOUT: Final = "handling-timeout"
"""Why an item leaves its agent whose desktop asked nothing about it for too long."""


def touched(item: Interaction, site: Site, now: datetime) -> Interaction:
    """An item with an agent whose handling time begins anew."""
    return replace(item, handling_until=handling_until(item, site, now))


def pull(item: Interaction, command: Pull, circumstances: Circumstances) -> Decision:
    """The caller takes a resting item. Capacity does not limit this, but the item counts afterwards."""
    site, viewer = circumstances.site, circumstances.viewer
    need_unfinished(item, site)
    if command.from_history:
        openness = may_open_from_history(item, site, viewer, circumstances.options)
    else:
        openness = may_open(item, site, viewer)
    if not openness.can_open and openness.privilege:
        raise NotAllowed(openness.reason, privilege=openness.privilege)
    if not openness.can_open:
        raise Refused(openness.reason)
    after = replace(with_agent(item, circumstances), attached=without_request(item.attached))
    left = {"queue": item.queue, "workbin": item.workbin, "workbin_owner": item.workbin_owner}
    person = circumstances.person
    happened = event(EventKind.PULLED, after, circumstances.now, person, person=person, **left)
    return Decision(item=after, events=(happened, *hold_ended_by_taking(item, after, circumstances)))


def place_in_queue(item: Interaction, command: PlaceInQueue, circumstances: Circumstances) -> Decision:
    """The item rests in a queue that is open for its media type."""
    need_hand_on(item, circumstances, MANAGEMENT_TO_QUEUE)
    need_no_transfer(item, circumstances)
    if item.state is State.HANDLING or MANAGEMENT_TO_QUEUE not in circumstances.viewer.privileges:
        need(MOVE_TO_QUEUE, circumstances, "move items to queues")
    check_queue(item, command.queue, circumstances.site)
    after = in_queue(item, command.queue, circumstances.now)
    return _one(EventKind.PLACED_IN_QUEUE, item, after, circumstances)


def check_queue(item: Interaction, queue: str, site: Site) -> None:
    """Raise NotFound or Refused unless the queue exists and takes the media type."""
    known = site.queues.get(queue)
    if known is None:
        raise NotFound(sentence("There is no queue “{queue}”.", queue=queue))
    if known.media_types and item.media_type not in known.media_types:
        raise Refused(
            sentence(
                "The queue “{queue}” does not take {kind:within} items.",
                queue=known.title or queue,
                kind=singular(item, site),
            )
        )


def place_in_workbin(item: Interaction, command: PlaceInWorkbin, circumstances: Circumstances) -> Decision:
    """The item rests in a workbin of the caller, of a group or place of the caller's, or of the caller's team."""
    need_hand_on(item, circumstances, MANAGEMENT_TO_WORKBIN)
    need_no_transfer(item, circumstances)
    if item.state is State.HANDLING or MANAGEMENT_TO_WORKBIN not in circumstances.viewer.privileges:
        need(MOVE_TO_WORKBIN, circumstances, "move items to workbins")
    need(USE_WORKBINS, circumstances, "use workbins")
    owner = owner_to_put(item, command, circumstances)
    unread = owner != circumstances.person
    after = in_workbin(item, command.workbin, owner, circumstances.now, unread=unread)
    return _one(EventKind.PLACED_IN_WORKBIN, item, after, circumstances)


def close(item: Interaction, command: Close, circumstances: Circumstances) -> Decision:  # noqa: ARG001 - one signature
    """Put the item away undone. Needs no privilege: whoever has an item can always let go of it."""
    need_owner(item, circumstances)
    need_no_transfer(item, circumstances)
    place = in_progress_place(circumstances.site, item, circumstances.options, circumstances.viewer)
    if place is not None:
        after = in_workbin(item, *place, circumstances.now, unread=False)
        return _one(EventKind.PLACED_IN_WORKBIN, item, after, circumstances)
    after = back_in_queue(item, circumstances.site, circumstances.now)
    return _one(EventKind.PLACED_IN_QUEUE, item, after, circumstances)


def mark_done(item: Interaction, command: MarkDone, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """The item leaves the process. A disposition and required case data are checked here."""
    need_hand_on(item, circumstances)
    need_no_transfer(item, circumstances)
    need(MARK_DONE, circumstances, "mark items as done")
    options, site = circumstances.options, circumstances.site
    if options.flag("interaction.disposition.is-mandatory") and not item.disposition:
        raise Refused(
            sentence("Choose a disposition before Done: this {kind:within} has none.", kind=singular(item, site))
        )
    form = site.business_attributes.get(options.text("interaction.case-data.format-business-attribute"))
    gaps = missing(form, item.attached)
    if gaps:
        names = ", ".join(field.title or field.name for field in gaps)
        raise BadInput(sentence("Needed before Done: {names}.", names=names), where=gaps[0].name)
    after = replace(finished(item), outcome=Outcome.COMPLETED, completed_at=circumstances.now)
    return _one(EventKind.DONE, item, after, circumstances, disposition=item.disposition)


def reopen(item: Interaction, command: Reopen, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """A finished item goes on with the caller; its first completion stays in its history."""
    if not item.is_finished:
        raise Refused(
            sentence(
                "This {kind:within} is not done. Open it from where it rests.", kind=singular(item, circumstances.site)
            )
        )
    need(USE_CHANNEL, circumstances, "work on items")
    held = circumstances.viewer.privileges
    if held.isdisjoint({CONTACT_HISTORY, INTERACTION_SEARCH}) and not (MY_HISTORY in held and circumstances.was_party):
        raise NotAllowed(sentence("You may not reopen items: no history is open to you."), privilege=CONTACT_HISTORY)
    after = replace(with_agent(item, circumstances), outcome=Outcome.NONE, completed_at=None, abandoned_at=None)
    completed = item.completed_at.isoformat() if item.completed_at else ""
    return _one(EventKind.REOPENED, item, after, circumstances, completed_at=completed, outcome=item.outcome.value)


def hold(item: Interaction, command: Hold, circumstances: Circumstances) -> Decision:
    """The item is not routed until then. One that is with the caller goes back to its queue, held."""
    need_hand_on(item, circumstances, MANAGEMENT_USE)
    need_no_transfer(item, circumstances)
    need(MANAGEMENT_USE, circumstances, "hold items")
    now = circumstances.now
    if command.until is not None and command.until.tzinfo is None:
        raise BadInput(sentence("The end of a hold needs a time zone."), where="until")
    if command.until is not None and command.until <= now:
        raise BadInput(sentence("The hold would end before it begins. Choose a later time."), where="until")
    resting = back_in_queue(item, circumstances.site, now) if item.state is State.HANDLING else item
    after = replace(resting, held_at=item.held_at or now, held_until=command.until)
    if after == item:
        return Decision(item=item, events=())
    until = command.until.isoformat() if command.until else ""
    return _one(EventKind.HELD, item, after, circumstances, until=until)


def resume(item: Interaction, command: Resume, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """A hold ends."""
    need_unfinished(item, circumstances.site)
    need(MANAGEMENT_USE, circumstances, "resume items")
    if not item.is_held:
        raise Refused(sentence("This {kind:within} is not held.", kind=singular(item, circumstances.site)))
    return _one(EventKind.RESUMED, item, replace(item, held_at=None, held_until=None), circumstances)


def hold_ended(item: Interaction, now: datetime) -> Decision:
    """The time of a hold is over."""
    after = replace(item, held_at=None, held_until=None)
    return Decision(item=after, events=(event(EventKind.RESUMED, after, now, SERVICE, detail={"reason": "time"}),))


def taken_back(
    item: Interaction, site: Site, now: datetime, reason: str, place: tuple[str, str] | None = None
) -> Decision:
    """The service takes an item from its agent: into the workbin `place` (name, owner), else back to its queue.

    A transfer that waits for its answer is withdrawn. `reason`: `handling-timeout` (its event says after how many
    minutes), `agent-lost` …
    """
    happened: tuple[Event, ...] = ()
    if item.offer is not None:
        withdrawal = withdrawn(item, site, now, SERVICE, reason)
        item, happened = withdrawal.item, withdrawal.events
    person = item.assigned_to
    if place is not None:
        after = in_workbin(item, *place, now, unread=False)
        rests = EventKind.PLACED_IN_WORKBIN
    else:
        after = back_in_queue(item, site, now)
        rests = EventKind.PLACED_IN_QUEUE
    detail: dict[str, object] = {"reason": reason}
    if reason == HANDLING_TIMEOUT:
        detail["minutes"] = (handling_until(item, site, now) - now) // timedelta(minutes=1)
    happened += (
        event(EventKind.REVOKED, after, now, SERVICE, person=person, detail=detail),
        event(rests, after, now, SERVICE, person=person, detail=detail),
    )
    return Decision(item=after, events=happened)


def routing_failed(item: Interaction, now: datetime, error: str) -> Decision:
    """The item cannot be routed: it rests where it is, with the error on it, until a person takes or moves it."""
    after = replace(item, error=error)
    return Decision(item=after, events=(event(EventKind.ROUTING_FAILED, after, now, SERVICE, detail={"error": error}),))


def routed_on(item: Interaction, queue: str, site: Site, now: datetime) -> Decision:
    """A routing-based request for a queue: the item goes there, and the request is fulfilled."""
    check_queue(item, queue, site)
    after = in_queue(replace(item, attached=without_request(item.attached)), queue, now)
    return Decision(
        item=after, events=(event(EventKind.PLACED_IN_QUEUE, after, now, SERVICE, detail={"reason": "request"}),)
    )


def _one(
    kind: EventKind, before: Interaction, after: Interaction, circumstances: Circumstances, **detail: str
) -> Decision:
    """A decision with one event, whose actor is the caller; `person` is who had the item."""
    person = circumstances.person
    had = before.assigned_to or person
    return Decision(item=after, events=(event(kind, after, circumstances.now, person, person=had, detail=detail),))
