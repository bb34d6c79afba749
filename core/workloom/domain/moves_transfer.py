"""Handing an item over: by an offer to an agent, into a queue, or by a routing-based request."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from msgspec.structs import replace

from workloom.domain.commands import CancelTransfer, Transfer
from workloom.domain.errors import NotFound, Refused
from workloom.domain.events import EventKind
from workloom.domain.interaction import Interaction, Offer, OfferKind, State
from workloom.domain.moves_base import (
    Circumstances,
    Decision,
    event,
    in_queue,
    need,
    need_no_transfer,
    need_owner,
    singular,
)
from workloom.domain.moves_content import note_of
from workloom.domain.moves_offers import withdrawn
from workloom.domain.moves_resting import check_queue
from workloom.domain.options import OptionSet
from workloom.domain.presence import Presence, Session
from workloom.domain.privileges import ONE_STEP_TRANSFER, USE_CHANNEL
from workloom.domain.resting import media_plural, person_title
from workloom.domain.routing_request import RoutingRequest, attached_for, without_request
from workloom.domain.sentences import Sentence, sentence
from workloom.domain.site import Site
from workloom.domain.skills import Expression, parse
from workloom.domain.targets import ONE_STEP_TRANSFER as ONE_STEP
from workloom.domain.targets import Target, TargetType


class Route(StrEnum):
    """How a target is reached."""

    DIRECT = "direct"
    ROUTING = "routing"


def route_to(kind: TargetType, media_type: str, options: OptionSet) -> Route:
    """Agent groups and skills are always reached by routing, agents and queues where the option says so."""
    if kind in (TargetType.GROUP, TargetType.SKILL):
        return Route.ROUTING
    named = kind.value in options.words(f"intercommunication.{media_type}.routing-based-targets")
    covered = ONE_STEP in options.words(f"intercommunication.{media_type}.routing-based-actions")
    return Route.ROUTING if named and covered else Route.DIRECT


def transfer(item: Interaction, command: Transfer, circumstances: Circumstances) -> Decision:
    """Directly the sender keeps the item until the target accepts; by routing it is released when the queue has it."""
    need_owner(item, circumstances)
    need_no_transfer(item, circumstances)
    need(ONE_STEP_TRANSFER, circumstances, "transfer items")
    target = command.target
    _check_target(item, target, circumstances)
    if route_to(target.type, item.media_type, circumstances.options) is Route.ROUTING:
        decision = _by_routing(item, command, circumstances)
    elif target.type is TargetType.QUEUE:
        decision = _into_queue(item, target, circumstances)
    else:
        decision = _to_agent(item, command, circumstances)
    note = command.note.strip()
    return replace(decision, notes=(note_of(item, note, circumstances),)) if note else decision


def _check_target(item: Interaction, target: Target, circumstances: Circumstances) -> None:
    """NotFound, BadInput or Refused for a target that cannot be."""
    site = circumstances.site
    match target.type:
        case TargetType.AGENT if target.id not in site.persons or not site.persons[target.id].enabled:
            raise NotFound(sentence("There is no agent “{name}”.", name=target.id))
        case TargetType.AGENT if target.id == circumstances.person:
            raise Refused(sentence("This {kind:within} is with you already.", kind=singular(item, site)))
        case TargetType.AGENT if USE_CHANNEL not in circumstances.target_privileges:
            name = person_title(site, target.id)
            raise Refused(_still_yours(sentence("{name} may not work on items.", name=name), item, site))
        case TargetType.GROUP if target.id not in site.groups:
            raise NotFound(sentence("There is no agent group “{name}”.", name=target.id))
        case TargetType.SKILL:
            reason = why_no_skill(parse(target.id), skills_of(site))
            if reason:
                raise Refused(_still_yours(reason, item, site))
        case TargetType.QUEUE:
            check_queue(item, target.id, site)


def _to_agent(item: Interaction, command: Transfer, circumstances: Circumstances) -> Decision:
    site, now = circumstances.site, circumstances.now
    session = circumstances.target
    name = person_title(site, command.target.id)
    reason = why_no_direct_offer(session, item.media_type)
    if session is None or reason:
        raise Refused(_still_yours(sentence("{name} is {reason}.", name=name, reason=reason), item, site))
    offer = Offer(
        ticket=circumstances.new_id("ticket"),
        agent=session.person,
        session=session.id,
        offered_at=now,
        deadline=now + timedelta(seconds=site.timers.delivery),
        kind=OfferKind.TRANSFER,
        sender=circumstances.person,
        reason=f"Transfer from {circumstances.viewer.person.full_name}",
        note=command.note.strip(),
    )
    after = replace(item, offer=offer)
    detail = {"ticket": offer.ticket, "deadline": offer.deadline.isoformat()}
    person = circumstances.person
    happened = event(EventKind.TRANSFER_OFFERED, after, now, person, person=offer.agent, detail=detail)
    return Decision(item=after, events=(happened,))


def _still_yours(reason: str, item: Interaction, site: Site) -> Sentence:
    return sentence("{reason} The {kind:within} is still yours.", reason=reason, kind=singular(item, site))


def skills_of(site: Site) -> frozenset[str]:
    """Every skill that anybody has who may log in."""
    return frozenset(skill for person in site.persons.values() if person.enabled for skill in person.skills)


def why_no_skill(expression: Expression, known: Collection[str]) -> str:
    """Why nobody can ever fit the expression, as a sentence; empty if each skill in it is one that somebody has."""
    unknown = [name for name in expression.names() if name not in known]
    return sentence("Nobody has a skill that is called “{name}”.", name=unknown[0]) if unknown else ""


def why_no_direct_offer(session: Session | None, media_type: str) -> str:
    """Why an agent cannot be offered an item directly (`logged off, …`); empty = it can. Capacity does not count."""
    if session is None:
        return sentence("logged off and cannot take an offer")
    channel = session.channel(media_type)
    if channel is not None and channel.is_on:
        states = {channel.state}
    else:
        states = {each.state for each in session.channels if each.is_on}
    return sentence("on do not disturb") if states == {Presence.DND} else ""


def _into_queue(item: Interaction, target: Target, circumstances: Circumstances) -> Decision:
    now, person = circumstances.now, circumstances.person
    after = in_queue(item, target.id, now)
    detail = {"to": target.id}
    return Decision(
        item=after,
        events=(
            event(EventKind.TRANSFERRED, after, now, person, person=person, detail=detail),
            event(EventKind.PLACED_IN_QUEUE, after, now, person, person=person),
        ),
    )


def _by_routing(item: Interaction, command: Transfer, circumstances: Circumstances) -> Decision:
    site, now, person = circumstances.site, circumstances.now, circumstances.person
    queue = routing_queue(item, site, circumstances.options)
    target = command.target
    request = RoutingRequest(
        original=circumstances.viewer.person.employee_id,
        type=target.type,
        target=site.persons[target.id].employee_id if target.type is TargetType.AGENT else target.id,
    )
    attached = {**without_request(item.attached), **attached_for(request)}
    after = in_queue(replace(item, attached=attached), queue, now)
    detail = {"type": target.type.value, "target": target.id}
    return Decision(
        item=after,
        events=(
            event(EventKind.ROUTING_REQUESTED, after, now, person, person=person, detail=detail),
            event(EventKind.PLACED_IN_QUEUE, after, now, person, person=person),
        ),
    )


def routing_queue(item: Interaction, site: Site, options: OptionSet) -> str:
    """The queue for routing-based requests. Refused if routing cannot take them."""
    reason = why_not_by_routing(options, site, item.media_type)
    if reason:
        raise Refused(_still_yours(reason, item, site))
    return options.text(f"intercommunication.{item.media_type}.queue")


def why_not_by_routing(options: OptionSet, site: Site, media_type: str) -> str:
    """Why routing cannot take a transfer, in words; empty = it can."""
    plural = media_plural(site, media_type)
    queue = site.queues.get(options.text(f"intercommunication.{media_type}.queue"))
    if queue is None:
        return sentence("No routing queue is set for {kinds:within}. Ask your administrator.", kinds=plural)
    if queue.media_types and media_type not in queue.media_types:
        return sentence("The routing queue takes no {kinds:within}. Ask your administrator.", kinds=plural)
    if not queue.strategy:
        return sentence(
            "The routing queue “{queue}” has no strategy. Ask your administrator.", queue=queue.title or queue.name
        )
    return ""


def cancel_transfer(item: Interaction, command: CancelTransfer, circumstances: Circumstances) -> Decision:  # noqa: ARG001
    """The sender withdraws an offer that nobody has accepted yet."""
    need_owner(item, circumstances)
    if item.state is not State.HANDLING or item.offer is None:
        raise Refused(
            sentence("No transfer of this {kind:within} waits for an answer.", kind=singular(item, circumstances.site))
        )
    return withdrawn(item, circumstances.site, circumstances.now, circumstances.person, "canceled")
