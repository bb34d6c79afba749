"""What becomes of an agent's work when a session ends: offers go back, open items go where the policy says."""

from datetime import datetime
from typing import Final

from msgspec.structs import replace

from workloom.domain.authority import effective_privileges
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.moves_base import Decision, event
from workloom.domain.moves_offers import SERVICE, withdrawn
from workloom.domain.moves_places import in_progress_place
from workloom.domain.moves_resting import taken_back
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.presence import Session
from workloom.domain.resting import Viewer
from workloom.domain.site import Site
from workloom.services.keeping import keep
from workloom.services.ports import Transaction

WORKBIN, QUEUE, STAY = "workbin", "queue", "stay"
"""Policies for the items of a lost agent. Unset: the in-progress workbin if there is one, else the queue."""

LOST: Final = "agent-lost"


def session_event(kind: EventKind, session: Session, now: datetime, actor: str, **detail: str) -> Event:
    """An event about a session."""
    return Event(at=now, kind=kind, actor=actor, person=session.person, detail={"session": session.id, **detail})


def end_session(
    transaction: Transaction, site: Site, session: Session, now: datetime, reason: str, *, actor: str = ""
) -> None:
    """Take back what is offered to the session and remove it. Open items are the caller's business.

    `actor` is who ends it, empty = the person; a lost one is ended by the service.
    """
    transaction.sessions.ending(session.person)  # before the offers are read: whoever is making one is waited for
    for item in transaction.items.offered_to(session.person):
        keep(transaction, item, withdrawn(item, site, now, SERVICE, reason))
    transaction.sessions.delete(session.id)
    actor = actor or (SERVICE if reason == LOST else session.person)
    kind = EventKind.AGENT_LOST if reason == LOST else EventKind.LOGGED_OFF
    transaction.events.append([session_event(kind, session, now, actor, reason=reason)])


def lose_session(
    transaction: Transaction,
    site: Site,
    catalogue: OptionCatalogue,
    session: Session,
    now: datetime,
    *,
    actor: str = "",
) -> None:
    """The agent's desktop is gone: log the agent out and put the items where the media type's policy says.

    `actor` is who has logged the agent out, empty = the service.
    """
    transaction.sessions.ending(session.person)
    for item in transaction.items.open_of(session.person):
        keep(transaction, item, _left_behind(item, site, catalogue, session, now))
    end_session(transaction, site, session, now, LOST, actor=actor)


def adopt_items(transaction: Transaction, site: Site, session: Session, now: datetime) -> None:
    """The person's open items go on with a new session; what an older desktop still sends is refused."""
    for item in transaction.items.open_of(session.person):
        decision = Decision(item=item, events=())
        if item.offer is not None:
            decision = withdrawn(item, site, now, SERVICE, "sender-logged-in-anew")
        after = replace(decision.item, session=session.id, fence=item.fence + 1)
        happened = event(EventKind.LOGGED_IN, after, now, session.person, person=session.person)
        keep(transaction, item, Decision(item=after, events=(*decision.events, happened)))


def _left_behind(
    item: Interaction, site: Site, catalogue: OptionCatalogue, session: Session, now: datetime
) -> Decision:
    media_type = site.media_types.get(item.media_type)
    policy = media_type.lost_agent if media_type else ""
    if policy == STAY:
        untouched = Decision(item=item, events=())
        stays = untouched if item.offer is None else withdrawn(item, site, now, SERVICE, LOST)
        detail = {"reason": LOST, "policy": STAY}
        happened = event(EventKind.AGENT_LOST, stays.item, now, SERVICE, person=session.person, detail=detail)
        return Decision(item=replace(stays.item, session=""), events=(*stays.events, happened))
    place = None if policy == QUEUE else _saved_to(item, site, catalogue, session)
    return taken_back(item, site, now, LOST, place)


def _saved_to(item: Interaction, site: Site, catalogue: OptionCatalogue, session: Session) -> tuple[str, str] | None:
    person = site.persons.get(session.person)
    if person is None:
        return None
    viewer = Viewer(person=person, place=session.place, privileges=effective_privileges(site, person.name))
    return in_progress_place(site, item, effective_options(catalogue, site, person.name, item), viewer)
