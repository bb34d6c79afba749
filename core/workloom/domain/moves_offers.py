"""Offers: made by the router or by a transfer, answered by the agent, withdrawn by the service."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from workloom.domain.commands import Accept, Reject
from workloom.domain.errors import OfferGone, Refused
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Offer, OfferKind, State
from workloom.domain.moves_base import (
    Circumstances,
    Decision,
    Placed,
    event,
    hold_ended_by_taking,
    need,
    singular,
    with_agent,
)
from workloom.domain.options import OptionSet
from workloom.domain.privileges import DECLINE, USE_CHANNEL
from workloom.domain.routing_request import without_request
from workloom.domain.sentences import sentence
from workloom.domain.site import Site

SERVICE = "service"


def offered(item: Interaction, offer: Offer) -> Decision:
    """The router reserves a resting item for an agent. Refused if it does not rest or is already reserved."""
    if item.state not in (State.QUEUED, State.IN_WORKBIN) or item.offer is not None:
        raise Refused(sentence("The item {number} does not rest; it cannot be offered.", number=item.number))
    after = replace(item, state=State.OFFERED, offer=offer, delivered_at=item.delivered_at or offer.offered_at)
    return Decision(item=after, events=(offer_made(item, offer),))


def offer_made(item: Placed, offer: Offer) -> Event:
    """What happens to an item that the router offers: it stays in its place, reserved for the agent."""
    detail = {"ticket": offer.ticket, "deadline": offer.deadline.isoformat()}
    return Event(
        at=offer.offered_at,
        kind=EventKind.OFFERED,
        item=item.id,
        actor=SERVICE,
        person=offer.agent,
        queue=item.queue,
        workbin=item.workbin,
        workbin_owner=item.workbin_owner,
        detail=detail,
    )


def accept(item: Interaction, command: Accept, circumstances: Circumstances) -> Decision:
    """The agent takes the item and becomes party; a transfer's sender is released."""
    offer = _own_offer(item, command.ticket, circumstances)
    need(USE_CHANNEL, circumstances, "take work items")
    after = replace(with_agent(item, circumstances), attached=without_request(item.attached))
    person, now = circumstances.person, circumstances.now
    left = {"queue": item.queue, "workbin": item.workbin, "workbin_owner": item.workbin_owner}
    happened: tuple[Event, ...] = (event(EventKind.ACCEPTED, after, now, person, person=person, **left),)
    if offer.kind is OfferKind.TRANSFER:
        detail = {"to": person, "reason": "accepted"}
        happened += (event(EventKind.TRANSFERRED, after, now, person, person=offer.sender, detail=detail),)
    return Decision(item=after, events=(*happened, *hold_ended_by_taking(item, after, circumstances)))


def reject(item: Interaction, command: Reject, circumstances: Circumstances) -> Decision:
    """The agent declines: back where the router took it at its old age; a transferred item stays with its sender."""
    _own_offer(item, command.ticket, circumstances)
    need(DECLINE, circumstances, "decline work items")
    if accepted_by_itself(item.media_type, circumstances.options):
        raise Refused(
            sentence(
                "This {kind:within} is accepted by itself and cannot be rejected. Transfer it when it is open.",
                kind=singular(item, circumstances.site),
            )
        )
    person = circumstances.person
    return _given_back(item, circumstances.site, circumstances.now, EventKind.REJECTED, person, "declined")


def accepted_by_itself(media_type: str, options: OptionSet) -> bool:
    """Whether auto-answer takes the offer without a way to reject it. Nobody declares these options where no channel
    for work items is installed: then each offer is answered by hand.
    """
    automatic, may_reject = f"{media_type}.auto-answer", f"{media_type}.auto-answer.enable-reject"
    known = options.names()
    return automatic in known and options.flag(automatic) and not (may_reject in known and options.flag(may_reject))


def expired(item: Interaction, site: Site, now: datetime) -> Decision:
    """Nobody answered in time."""
    return _given_back(item, site, now, EventKind.OFFER_EXPIRED, SERVICE, "expired")


def withdrawn(item: Interaction, site: Site, now: datetime, actor: str, reason: str) -> Decision:
    """The offer is taken back before it was answered."""
    return _given_back(item, site, now, EventKind.REVOKED, actor, reason)


def _own_offer(item: Interaction, ticket: str, circumstances: Circumstances) -> Offer:
    offer, site = item.offer, circumstances.site
    mine = (circumstances.person, circumstances.session, ticket)
    if offer is None or (offer.agent, offer.session, offer.ticket) != mine:
        taken = item.is_finished or (item.assigned_to and item.assigned_to != circumstances.person)
        if taken:
            raise OfferGone(
                sentence("Somebody else has taken this {kind:within}. Nothing to do.", kind=singular(item, site))
            )
        raise OfferGone(
            sentence("The offer is no longer open for this {kind:within}. Nothing to do.", kind=singular(item, site))
        )
    if circumstances.now >= offer.deadline:
        raise OfferGone(
            sentence(
                "The time to answer is over for this {kind:within}. It is offered to others.", kind=singular(item, site)
            )
        )
    return offer


def _given_back(item: Interaction, site: Site, now: datetime, kind: EventKind, actor: str, reason: str) -> Decision:
    offer = item.offer
    if offer is None:
        raise OfferGone(sentence("The item {number} is not offered to anybody.", number=item.number))
    detail = {"reason": reason, "ticket": offer.ticket}
    if offer.kind is OfferKind.TRANSFER:
        after = replace(item, offer=None)
        refused = event(
            EventKind.TRANSFER_REFUSED,
            after,
            now,
            actor,
            person=offer.sender,
            detail={"agent": offer.agent, "reason": reason},
        )
        return Decision(item=after, events=(event(kind, after, now, actor, person=offer.agent, detail=detail), refused))
    resting = State.IN_WORKBIN if item.workbin else State.QUEUED
    refusals = {**item.refusals, offer.agent: now + timedelta(seconds=site.timers.declined)}
    after = replace(item, state=resting, offer=None, refusals=item.refusals if kind is EventKind.REVOKED else refusals)
    return Decision(item=after, events=(event(kind, after, now, actor, person=offer.agent, detail=detail),))
