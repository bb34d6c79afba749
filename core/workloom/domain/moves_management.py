"""What supervisors do to items wherever they are: complete, cancel, restart. Hold, resume and the rest are in
`moves_resting` and `moves_content`.
"""

from msgspec.structs import replace

from workloom.domain.commands import Cancel, Complete, Restart
from workloom.domain.errors import Refused
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Outcome, State
from workloom.domain.moves_base import (
    Circumstances,
    Decision,
    back_in_queue,
    event,
    finished,
    need,
    need_unfinished,
    singular,
)
from workloom.domain.privileges import MANAGEMENT_FINISH, MANAGEMENT_RESTART
from workloom.domain.sentences import sentence


def complete(item: Interaction, command: Complete, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """Finished as completed; whoever has the item or is offered it loses it with a notice."""
    need(MANAGEMENT_FINISH, circumstances, "complete items")
    return _finish(item, EventKind.DONE, Outcome.COMPLETED, circumstances)


def cancel(item: Interaction, command: Cancel, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """Finished as canceled; whoever has the item or is offered it loses it with a notice."""
    need(MANAGEMENT_FINISH, circumstances, "cancel items")
    return _finish(item, EventKind.CANCELED, Outcome.CANCELED, circumstances)


def restart(item: Interaction, command: Restart, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """A finished item waits in its queue again; its first completion stays in its history."""
    need(MANAGEMENT_RESTART, circumstances, "restart items")
    site, now = circumstances.site, circumstances.now
    if not item.is_finished:
        raise Refused(
            sentence("This {kind:within} is not finished, so there is nothing to restart.", kind=singular(item, site))
        )
    after = replace(back_in_queue(item, site, now), outcome=Outcome.NONE, completed_at=None, abandoned_at=None)
    detail = {"outcome": item.outcome.value}
    return Decision(item=after, events=(_event(EventKind.RESTARTED, after, circumstances, "", detail),))


def _finish(item: Interaction, kind: EventKind, outcome: Outcome, circumstances: Circumstances) -> Decision:
    need_unfinished(item, circumstances.site)
    abandoned = outcome is Outcome.CANCELED and item.state in (State.QUEUED, State.OFFERED)
    now, reason = circumstances.now, kind.value
    after = replace(finished(item), outcome=outcome, completed_at=now, abandoned_at=now if abandoned else None)
    happened: list[Event] = []
    if item.offer is not None:
        detail = {"reason": reason, "ticket": item.offer.ticket}
        happened.append(_event(EventKind.REVOKED, after, circumstances, item.offer.agent, detail))
    if item.assigned_to and item.assigned_to != circumstances.person:
        happened.append(_event(EventKind.REVOKED, after, circumstances, item.assigned_to, {"reason": reason}))
    left = {"queue": item.queue, "workbin": item.workbin, "workbin_owner": item.workbin_owner}
    detail = {"disposition": item.disposition}
    actor = circumstances.person
    happened.append(event(kind, after, now, actor, person=item.assigned_to or actor, detail=detail, **left))
    return Decision(item=after, events=tuple(happened))


def _event(
    kind: EventKind, after: Interaction, circumstances: Circumstances, person: str, detail: dict[str, str]
) -> Event:
    return event(kind, after, circumstances.now, circumstances.person, person=person, detail=detail)
