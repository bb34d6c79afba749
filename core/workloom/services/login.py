"""Logging in: the password first, then place and channels."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import json

from workloom.domain.authority import effective_privileges
from workloom.domain.capacity import at_once, capacity_of
from workloom.domain.errors import BadInput, LoginFailed
from workloom.domain.events import EventKind
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import effective_options
from workloom.domain.presence import ChannelChoice, ChannelStatus, LoginPlan, Presence, Session
from workloom.domain.privileges import USE_CHANNEL
from workloom.domain.sentences import sentence
from workloom.domain.site import Person, Site
from workloom.services.command_keys import Once
from workloom.services.digests import digest
from workloom.services.guessing import count_try, passed
from workloom.services.leaving import adopt_items, end_session, session_event
from workloom.services.ports import Store, Transaction
from workloom.services.ports_login import LoginTicket
from workloom.services.ports_outside import Clock, Ids, PasswordHasher
from workloom.services.presence import channel_event
from workloom.services.site_documents import SiteCache

WRONG: Final = sentence("The user name or the password is wrong.")
"""One message for all causes, so that it does not tell which user names exist."""


AlsoBegun = Callable[[Transaction, Session], None]
"""What else belongs to the beginning of a session."""


class Login:
    """Both steps of the login. The tickets of step 1 are in the store: any node takes them for step 2."""

    def __init__(
        self,
        store: Store,
        sites: SiteCache,
        catalogue: OptionCatalogue,
        clock: Clock,
        ids: Ids,
        hasher: PasswordHasher,
    ) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue
        self._clock = clock
        self._ids = ids
        self._hasher = hasher

    def authenticate(self, user: str, password: str) -> LoginPlan:
        """Step 1. LoginFailed with one message for all causes; after repeated failures with a growing delay."""
        with self._store.transaction() as transaction:
            wait, wait_if_wrong = count_try(transaction, user, self._clock.now())
            site = self._sites.of(transaction)
        if wait > 0:
            raise _failed(wait)
        person = site.persons.get(user)
        known = person is not None and person.enabled
        fits = self._hasher.fits(person.password if person is not None and known else "", password)
        if person is None or not known or not fits:
            raise _failed(wait_if_wrong)
        ticket = self._ids.new("login")
        until = self._clock.now() + timedelta(seconds=site.timers.login_plan)
        with self._store.transaction() as transaction:
            passed(transaction, user)
            transaction.logins.keep_ticket(digest(ticket), LoginTicket(person=user, until=until))
        return self._plan(site, person, ticket)

    def log_in(
        self,
        ticket: str,
        *,
        place: str = "",
        channels: Sequence[str] = (),
        key: str = "",
        then: AlsoBegun | None = None,
    ) -> str:
        """Step 2: the id of the new session. A session that the person has elsewhere ends, and its open items go on.

        `then` is called in the same transaction. BadInput for an unknown place or channel; then, and after any
        StorageError, the ticket is still good. Asked again under its key: the session that was begun, while it lasts.
        """
        with self._store.transaction() as transaction:
            once = Once(transaction, f"ticket {digest(ticket)}", key, ("log-in", place, tuple(channels)))
            begun = once.answer()
            if begun is not None:
                return _begun_before(transaction, json.decode(begun, type=str), then)
            known = transaction.logins.take_ticket(digest(ticket))
            if known is None or known.until <= self._clock.now():
                raise LoginFailed(sentence("The login has taken too long. Enter user and password again."))
            session = self._begin(transaction, known.person, place, channels)
            once.keep(session.id, self._clock.now())
            if then is not None:
                then(transaction, session)
            return session.id

    def _plan(self, site: Site, person: Person, ticket: str) -> LoginPlan:
        options = effective_options(self._catalogue, site, person.name)
        prompt = options.flag("login.prompt-place")
        return LoginPlan(
            ticket=ticket,
            person=person.name,
            first_name=person.first_name or person.full_name,
            full_name=person.full_name,
            prompt_place=prompt,
            places=_own_first(site.places, person.place) if prompt else (),
            channels=self._choices(site, person),
        )

    def _choices(self, site: Site, person: Person) -> tuple[ChannelChoice, ...]:
        if USE_CHANNEL not in effective_privileges(site, person.name):
            return ()
        options = effective_options(self._catalogue, site, person.name)
        rule = capacity_of(site, person.name, person.place)
        named = options.words("openmedia.workitem-channels")
        return tuple(
            ChannelChoice(
                media_type=media_type.name,
                title=media_type.title,
                icon=media_type.icon,
                locked=not options.flag(f"login.{media_type.name}.can-unactivate-channel"),
                state=Presence.READY if options.flag(f"login.{media_type.name}.is-auto-ready") else Presence.NOT_READY,
                reason=options.text(f"login.{media_type.name}.auto-not-ready-reason"),
                at_once=at_once(rule, media_type.name),
            )
            for media_type in (site.media_types[name] for name in named if name in site.media_types)
        )

    def _begin(self, transaction: Transaction, user: str, place: str, channels: Sequence[str]) -> Session:
        site, now = self._sites.of(transaction), self._clock.now()
        person = site.persons.get(user)
        if person is None or not person.enabled:
            raise LoginFailed(WRONG)
        if place and place not in site.places:
            raise BadInput(sentence("There is no place “{place}”.", place=place), where="place")
        choices = self._choices(site, person)
        unknown = set(channels) - {choice.media_type for choice in choices}
        if unknown:
            names = ", ".join(sorted(unknown))
            raise BadInput(sentence("You may not use the channel {channel}.", channel=names), where="channels")
        older = transaction.sessions.ending(user)
        if older is not None:
            end_session(transaction, site, older, now, "logged-in-elsewhere")
        session = Session(
            id=self._ids.new("session"),
            person=user,
            place=place or person.place,
            logged_in_at=now,
            last_seen_at=now,
            idle_since=now,
            channels=tuple(
                _after_login(choice, now, chosen=choice.locked or choice.media_type in channels) for choice in choices
            ),
        )
        transaction.sessions.insert(session)
        transaction.events.append(
            [
                session_event(EventKind.LOGGED_IN, session, now, user, place=session.place),
                *(channel_event(session, channel, user) for channel in session.channels if channel.is_on),
            ]
        )
        adopt_items(transaction, site, session, now)
        return session


def _begun_before(transaction: Transaction, session: str, then: AlsoBegun | None) -> str:
    """The session whose beginning was asked for before. LoginFailed if it is over by now."""
    known = transaction.sessions.get(session)
    if known is None:
        raise LoginFailed(sentence("Your session has ended meanwhile. Enter user and password again."))
    if then is not None:
        then(transaction, known)
    return known.id


def _failed(wait: float) -> LoginFailed:
    if wait <= 0:
        return LoginFailed(sentence("{wrong} Try again.", wrong=WRONG))
    seconds = max(1, round(wait))
    return LoginFailed(
        sentence("{wrong} Wait {seconds} seconds, then try again.", wrong=WRONG, seconds=seconds), wait_seconds=wait
    )


def _after_login(choice: ChannelChoice, now: datetime, *, chosen: bool) -> ChannelStatus:
    """The state of a channel; one that was not chosen is there, logged off, to be logged in on later."""
    state = choice.state if chosen else Presence.LOGGED_OFF
    reason = choice.reason if state is Presence.NOT_READY else ""
    return ChannelStatus(media_type=choice.media_type, state=state, reason=reason, since=now)


def _own_first(places: Iterable[str], own: str) -> tuple[str, ...]:
    """All places, the person's own leading: it is what the login page proposes."""
    return tuple(sorted(places, key=lambda place: place != own))
