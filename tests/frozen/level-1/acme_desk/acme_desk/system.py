"""Stands for the system that agents work on: its people, its items, and what has happened. In memory.

Everything may be called on any thread. Put calls of your own system in its place; what the services promise to the
desktop is decided here.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Condition, RLock
from typing import Any

from msgspec.structs import replace
from workloom.api import (
    SUBJECT,
    ChannelStatus,
    Event,
    EventKind,
    Interaction,
    ItemsOpen,
    LoginFailed,
    MediaType,
    Note,
    NotFound,
    Offer,
    Person,
    Presence,
    Queue,
    Session,
    SessionEnded,
    Site,
    State,
)

SITE = Site(
    title="Acme desk",
    media_types={
        "claim": MediaType(name="claim", title="Claims", singular="Claim"),
        "fax": MediaType(name="fax", title="Faxes", singular="Fax"),
    },
    persons={name: Person(name=name, employee_id=name, first_name=name.capitalize()) for name in ("ann", "bob", "cid")},
    queues={"claims": Queue(name="claims", title="Claims"), "shelf": Queue(name="shelf", title="The shelf")},
    application_options={"openmedia.workitem-channels": ["claim", "fax"]},
)
"""What is configured, as the desktop wants to know it. Options that are not set here have their defaults."""

PASSWORD = "open sesame"
ROUTED = "claims"
"""Whatever waits in this queue is offered to somebody who is ready. What is on the shelf waits to be pulled."""

AT_ONCE = 2
"""Items that somebody may have at the same time."""

FOR_AN_ANSWER = timedelta(seconds=30)


class System:
    """People, items and events."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.news = Condition(self.lock)
        self.items: dict[str, Interaction] = {}
        self.notes: dict[str, tuple[Note, ...]] = {}
        self.events: list[Event] = []
        self.wakes: list[Callable[[], None]] = []
        self._sessions: dict[str, Session] = {}
        self._tickets: dict[str, str] = {}
        self._numbers = count(1)

    def now(self) -> datetime:
        """The time of the system, which may be another than that of the desktop."""
        return datetime.now(UTC)

    def new_id(self, kind: str) -> str:
        """An id that nothing has had before."""
        return f"{kind}-{next(self._numbers)}"

    def submit(
        self, *, queue: str = ROUTED, media_type: str = "claim", subject: str = "", attached: Mapping[str, Any] = {}
    ) -> str:
        """A new item comes in; its id."""
        now, id_ = self.now(), self.new_id("item")
        data = {**attached, SUBJECT: subject} if subject else dict(attached)
        made = Interaction(
            id=id_,
            tenant=SITE.tenant,
            media_type=media_type,
            queue=queue,
            received_at=now,
            submitted_at=now,
            placed_at=now,
            attached=data,
        )
        with self.lock:
            self.save(made, EventKind.SUBMITTED, queue=queue)
            self.route()
        return id_

    def check(self, user: str, password: str) -> str:
        """Step 1 of a login: a ticket. LoginFailed in the same words for every cause."""
        with self.lock:
            if user not in SITE.persons or password != PASSWORD:
                raise LoginFailed("The user name or the password is wrong.")
            ticket = self.new_id("login")
            self._tickets[ticket] = user
            return ticket

    def begin(self, ticket: str, channels: tuple[str, ...]) -> str:
        """Step 2: the id of a new session. One that the person has elsewhere ends; its items come along."""
        with self.lock:
            user, now = self._tickets.pop(ticket, ""), self.now()
            if not user:
                raise LoginFailed("The login has taken too long. Enter user and password again.")
            for old in [one for one in self._sessions.values() if one.person == user]:
                del self._sessions[old.id]
            id_ = self.new_id("session")
            states = {name: Presence.READY if name in channels else Presence.LOGGED_OFF for name in SITE.media_types}
            on = tuple(ChannelStatus(media_type=name, state=state, since=now) for name, state in states.items())
            self._sessions[id_] = Session(
                id=id_, person=user, logged_in_at=now, last_seen_at=now, idle_since=now, channels=on
            )
            self.happened(EventKind.LOGGED_IN, actor=user, person=user)
            self.route()
            return id_

    def session(self, id_: str) -> Session:
        """A session as it is now. SessionEnded."""
        with self.lock:
            if id_ not in self._sessions:
                raise SessionEnded("Your session has ended. Log in again.")
            return self._sessions[id_]

    def change_session(self, session: Session) -> Session:
        """Keep what was changed of a session."""
        with self.lock:
            self._sessions[session.id] = session
            self.happened(EventKind.CHANNEL_CHANGED, actor=session.person, person=session.person)
            self.route()
            return session

    def end(self, session: Session) -> None:
        """Somebody leaves. ItemsOpen while items are open."""
        with self.lock:
            items = tuple(one.id for one in self.items_of(session.person))
            if items:
                raise ItemsOpen("Close your open items first.", items=items)
            for item in [one for one in self.items.values() if one.offer and one.offer.session == session.id]:
                self.save(replace(item, state=State.QUEUED, offer=None), EventKind.REVOKED)
            del self._sessions[session.id]
            self.happened(EventKind.LOGGED_OFF, actor=session.person, person=session.person)
            self.route()

    def item(self, id_: str) -> Interaction:
        """An item as it is now. NotFound."""
        with self.lock:
            if id_ not in self.items:
                raise NotFound(f"There is no item {id_}.")
            return self.items[id_]

    def items_of(self, person: str) -> tuple[Interaction, ...]:
        """What somebody works on, in the order in which it came."""
        with self.lock:
            return tuple(one for one in self.items.values() if one.assigned_to == person and not one.is_finished)

    def save(self, item: Interaction, kind: EventKind, **more: Any) -> Interaction:
        """Keep a changed item, with the event that says how."""
        with self.lock:
            self.items[item.id] = item
            self.happened(kind, item=item.id, **more)
            return item

    def happened(self, kind: EventKind, **more: Any) -> None:
        """Tell everybody."""
        with self.lock:
            self.events.append(Event(sequence=len(self.events) + 1, at=self.now(), kind=kind, **more))
            self.news.notify_all()
            wakes = tuple(self.wakes)
        for wake in wakes:
            wake()

    def route(self) -> None:
        """Take back offers that nobody has answered; offer what waits to those who are ready and have room."""
        with self.lock:
            for item in [one for one in self.items.values() if one.offer and one.offer.deadline <= self.now()]:
                missed = item.offer.agent if item.offer else ""
                self.save(self.refused(item, missed), EventKind.OFFER_EXPIRED, person=missed)
            waiting = [one for one in self.items.values() if one.state is State.QUEUED and one.queue == ROUTED]
            for item in waiting:
                to = next((one for one in self._sessions.values() if self._can_take(one, item)), None)
                if to is None:
                    continue
                now = self.now()
                offer = Offer(
                    ticket=self.new_id("offer"),
                    agent=to.person,
                    session=to.id,
                    offered_at=now,
                    deadline=now + FOR_AN_ANSWER,
                )
                offered = replace(item, state=State.OFFERED, offer=offer)
                self.save(offered, EventKind.OFFERED, person=to.person, queue=item.queue)

    def refused(self, item: Interaction, person: str) -> Interaction:
        """The item, back where it waited; it is not offered to that person again for a while."""
        until = self.now() + timedelta(seconds=SITE.timers.declined)
        return replace(item, state=State.QUEUED, offer=None, refusals={**item.refusals, person: until})

    def _can_take(self, session: Session, item: Interaction) -> bool:
        channel = session.channel(item.media_type)
        has = [one for one in self.items.values() if session.person in (one.assigned_to, one.offer and one.offer.agent)]
        busy = sum(not one.is_finished for one in has)
        ready = channel is not None and channel.state is Presence.READY
        refused = item.refusals.get(session.person, item.placed_at) > self.now()
        return ready and busy < AT_ONCE and not refused


_systems: dict[str, System] = {}


def system_at(address: str) -> System:
    """The system at an address: here one of its own for each, as long as the process lives."""
    return _systems.setdefault(address, System())
