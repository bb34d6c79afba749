"""What one agent can read and change: `workloom.api.Services`, bound to a session."""

from functools import partial

from msgspec.structs import replace
from workloom.api import (
    Accept,
    AddNote,
    BadInput,
    BusinessAttribute,
    Close,
    Command,
    Event,
    EventKind,
    Finished,
    Interaction,
    ItemRow,
    MarkDone,
    MediaType,
    NotAllowed,
    Note,
    OfferGone,
    OptionCatalogue,
    OptionProblem,
    OptionSet,
    Outcome,
    Person,
    Presence,
    Pull,
    Queue,
    Refused,
    Reject,
    Session,
    SetDisposition,
    SetProperties,
    State,
    Timers,
    effective_options,
    privileges,
)

from acme_desk.not_offered import NotOffered
from acme_desk.system import AT_ONCE, SITE, System

PRIVILEGES = frozenset(
    {
        privileges.USE_CHANNEL,
        privileges.MARK_DONE,
        privileges.DECLINE,
        privileges.SET_DISPOSITION,
        privileges.PULL_FROM_QUEUE,
        privileges.CASE_ADD,
        privileges.CASE_EDIT,
        privileges.CASE_DELETE,
    }
)
"""What agents may do. The desktop has no buttons and views for the rest, so it does not ask for what is not offered."""


class AgentServices:
    """All services of one session."""

    def __init__(self, system: System, session: str, options: OptionCatalogue) -> None:
        self.items = Items(system, session)
        self.presence = OwnState(system, session)
        self.configuration = Configured(system, session, options)
        self.events = News(system, session)
        self.workbins = self.history = self.contacts = self.directory = NotOffered()


class Items:
    """Reading items, and every change of one."""

    def __init__(self, system: System, session: str) -> None:
        self._system, self._session = system, session
        self._done: dict[str, tuple[Command, Interaction]] = {}

    def get(self, item: str) -> ItemRow:
        """The item as it is now. NotFound."""
        return self._row(self._system.item(item), self._me())

    def open_items(self) -> tuple[Interaction, ...]:
        """Items that are with the agent."""
        return self._system.items_of(self._me())

    def offers(self) -> tuple[ItemRow, ...]:
        """Items that are offered to the agent."""
        me = self._me()
        with self._system.lock:
            return tuple(
                self._row(one, me) for one in self._system.items.values() if one.offer and one.offer.agent == me
            )

    def execute(self, command: Command, *, key: str = "") -> Interaction:
        """Carry out a command once: the same key gives the same answer. Refused kinds, NotFound, BadInput."""
        me = self._me()
        with self._system.lock:  # yours has a transaction here, and keeps keys as long as a desktop may ask again
            if key and key in self._done:
                before, answer = self._done[key]
                if before != command:
                    raise BadInput("This key was used for another command.")
                return answer
            answer = self._carry_out(command, self._system.item(command.item), me)
            if key:
                self._done[key] = command, answer
            self._system.route()
            return answer

    def notes(self, item: str) -> tuple[Note, ...]:
        """Remarks of colleagues."""
        self._me()
        return self._system.notes.get(item, ())

    def path(self, item: str) -> tuple[Event, ...]:
        """What has happened to the item."""
        self._me()
        return tuple(event for event in self._system.events if event.item == item)

    def _me(self) -> str:
        return self._system.session(self._session).person

    def _carry_out(self, command: Command, item: Interaction, me: str) -> Interaction:
        if item.is_finished:
            raise Finished(f"{item.number} is done.")
        save, now = partial(self._system.save, actor=me), self._system.now()
        mine = replace(item, state=State.HANDLING, assigned_to=me, session=self._session, offer=None, assigned_at=now)
        waiting = replace(item, state=State.QUEUED, offer=None, placed_at=now, assigned_to="", session="")
        match command:
            case Accept(ticket=ticket) | Reject(ticket=ticket):
                if item.offer is None or item.offer.ticket != ticket or item.offer.agent != me:
                    raise OfferGone(f"{item.number} is not offered to you any more.")
                if isinstance(command, Accept):
                    return save(replace(mine, fence=item.fence + 1), EventKind.ACCEPTED, person=me)
                return save(self._system.refused(item, me), EventKind.REJECTED, person=me)
            case Pull():
                if item.state is not State.QUEUED:
                    raise Refused(f"{item.number} does not rest in a queue any more.")
                return save(replace(mine, fence=item.fence + 1), EventKind.PULLED, person=me)
        if item.assigned_to != me:
            raise Refused(f"{item.number} is not with you.")
        match command:
            case Close():
                return save(waiting, EventKind.PLACED_IN_QUEUE, person=me, queue=item.queue)
            case MarkDone():
                done = replace(item, state=State.FINISHED, outcome=Outcome.COMPLETED, completed_at=now)
                return save(replace(done, assigned_to="", session=""), EventKind.DONE, person=me)
            case SetProperties(changes=changes):
                kept = {name: value for name, value in {**item.attached, **changes}.items() if value is not None}
                return save(replace(item, attached=kept), EventKind.PROPERTIES_CHANGED)
            case SetDisposition(value=value):
                return save(replace(item, disposition=value), EventKind.DISPOSITION_SET)
            case AddNote(text=text):
                note = Note(id=self._system.new_id("note"), item=item.id, author=me, at=now, text=text)
                self._system.notes[item.id] = (*self._system.notes.get(item.id, ()), note)
                return save(item, EventKind.NOTE_ADDED)
        raise Refused(f"The system has no “{type(command).__name__}”.")

    def _row(self, item: Interaction, me: str) -> ItemRow:
        queue = SITE.queues.get(item.queue)
        where = "With you" if item.assigned_to == me else f"Queue “{queue.title if queue else item.queue}”"
        return ItemRow(item=item, where=where, since=item.placed_at, can_open=item.state is State.QUEUED)


class OwnState:
    """The agent's own state."""

    def __init__(self, system: System, session: str) -> None:
        self._system, self._session = system, session
        self._done: dict[str, tuple[Presence, str, str]] = {}

    def session(self) -> Session:
        """The session as it is now. SessionEnded."""
        return self._system.session(self._session)

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "", key: str = "") -> Session:
        """Change one channel, or all that are on; once for each key."""
        asked = (state, reason, media_type)
        with self._system.lock:
            if key in self._done:
                if self._done[key] != asked:
                    raise BadInput("This key was used for another change.")
                return self.session()
            now, session = self._system.now(), self.session()
            if media_type and session.channel(media_type) is None:
                raise BadInput(f"There is no channel {media_type}.")
            channels = tuple(
                replace(one, state=state, reason=reason, since=now)
                if one.media_type == media_type or (not media_type and one.is_on)
                else one
                for one in session.channels
            )
            if key:
                self._done[key] = asked
            return self._system.change_session(replace(session, channels=channels))

    def heartbeat(self) -> float:
        """The desktop lives; in how many seconds it says so again. SessionEnded."""
        self.session()
        self._system.route()  # yours looks by itself which offers have run out
        return SITE.timers.heartbeat

    def log_off(self, *, key: str = "") -> None:
        """End the session, which happens once whatever the key. ItemsOpen."""
        self._system.end(self.session())


class Configured:
    """What is configured, as the agent may see it."""

    def __init__(self, system: System, session: str, options: OptionCatalogue) -> None:
        self._system, self._session, self._options = system, session, options

    def me(self) -> Person:
        """The agent."""
        return SITE.persons[self._system.session(self._session).person]

    def person(self, name: str) -> Person | None:
        """Somebody else."""
        return SITE.persons.get(name)

    def options(self, item: Interaction | None = None) -> OptionSet:
        """All options, those of plugins too: what the site sets, else the default."""
        return effective_options(self._options, SITE, self.me().name, item)

    def privileges(self) -> frozenset[str]:
        """What the agent may do. Add those that plugins declare, where the agent holds them."""
        return PRIVILEGES

    def problems(self) -> tuple[OptionProblem, ...]:
        """Settings that do not fit, with what is used in their place."""
        return self.options().problems

    def business_attribute(self, name: str) -> BusinessAttribute | None:
        """A list of values, such as dispositions."""
        return SITE.business_attributes.get(name)

    def media_types(self) -> tuple[MediaType, ...]:
        """Kinds of work."""
        return tuple(SITE.media_types.values())

    def queues(self) -> tuple[Queue, ...]:
        """Where items wait."""
        return tuple(SITE.queues.values())

    def timers(self) -> Timers:
        """Times in force."""
        return SITE.timers

    def capacity(self) -> dict[str, int]:
        """How many items the agent may have at once, of each media type and over all."""
        return {**dict.fromkeys(SITE.media_types, AT_ONCE), "": AT_ONCE}


class News:
    """What has happened."""

    def __init__(self, system: System, session: str) -> None:
        self._system, self._session = system, session

    def last(self) -> int:
        """Sequence of the newest event."""
        self._system.session(self._session)
        return len(self._system.events)

    def after(self, sequence: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events after that one, oldest first. Leave out what the agent may not know of."""
        self._system.session(self._session)
        return tuple(self._system.events[sequence : sequence + limit])

    def wait(self, sequence: int, *, timeout: float) -> bool:
        """Block until there may be more, or the seconds have passed."""
        self._system.session(self._session)
        with self._system.news:
            return self._system.news.wait_for(lambda: len(self._system.events) > sequence, timeout)
