"""Tokens that desktops show to a server: opaque, good for one session, kept as digests, revocable at any time."""

from collections import OrderedDict
from datetime import timedelta
from threading import Lock
from typing import Final

from workloom.domain.errors import SessionEnded
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.presence import Session
from workloom.domain.sentences import sentence
from workloom.services.digests import digest
from workloom.services.leaving import lose_session
from workloom.services.login import Login
from workloom.services.ports import Reader, Store, Transaction
from workloom.services.ports_login import Token
from workloom.services.ports_outside import Clock, Ids
from workloom.services.site_documents import SiteCache

LIFETIME: Final = timedelta(hours=16)
"""Longer than any shift, and not for ever."""

MOST_REMEMBERED: Final = 20_000
"""Tokens that a process remembers; those that were not shown for longest are forgotten first."""

_EXPIRED: Final = sentence("Your session has ended. Log in again.")


class Tokens:
    """Gives out tokens and says whose they are."""

    def __init__(
        self,
        store: Store,
        sites: SiteCache,
        catalogue: OptionCatalogue,
        clock: Clock,
        ids: Ids,
        lifetime: timedelta = LIFETIME,
    ) -> None:
        self._store = store
        self._sites = sites
        self._catalogue = catalogue
        self._clock = clock
        self._ids = ids
        self._lifetime = lifetime
        self._lock = Lock()
        self._remembered: OrderedDict[str, Token] = OrderedDict()

    def log_in(
        self, login: Login, ticket: str, place: str, channels: tuple[str, ...], key: str = ""
    ) -> tuple[str, str]:
        """Step 2 of the login: session and token, both or none. Errors as of `Login.log_in`.

        Asked again under its key there is another token for the session: the first one, whose answer was lost, ends.
        """
        tokens: list[str] = []
        session = login.log_in(
            ticket,
            place=place,
            channels=channels,
            key=key,
            then=lambda transaction, session: tokens.append(self.issue(transaction, session)),
        )
        return session, tokens[-1]

    def issue(self, transaction: Transaction, session: Session) -> str:
        """A token for a session of this transaction; tokens of earlier sessions of the person end."""
        token, now = self._ids.new("token"), self._clock.now()
        transaction.tokens.prune(now)
        transaction.tokens.delete_of_person(session.person)
        kept = Token(session=session.id, person=session.person, issued_at=now, expires_at=now + self._lifetime)
        transaction.tokens.insert(digest(token), kept)
        return token

    def known(self, reader: Reader, token: str) -> Token:
        """What a token stands for. SessionEnded for one that is unknown, revoked or expired."""
        known = reader.tokens.get(digest(token))
        if known is None or known.expires_at <= self._clock.now():
            raise SessionEnded(_EXPIRED)
        return known

    def session_of(self, token: str) -> Token:
        """What a token stands for, remembered from one request to the next. SessionEnded for unknown or expired ones.

        A token never stands for another session, and none is revoked without its session ending. Whether the session
        is still there, the service that is called reads in the snapshot of its answer: so a revocation holds at once.
        """
        known = self.remembered(token)
        if known is None:
            with self._store.reading() as reader:
                known = self.known(reader, token)
            with self._lock:
                self._remembered[digest(token)] = known
                if len(self._remembered) > MOST_REMEMBERED:
                    self._remembered.popitem(last=False)
        return known

    def remembered(self, token: str) -> Token | None:
        """The same without asking the store; None if this process has not seen the token. SessionEnded if expired."""
        key = digest(token)
        with self._lock:
            known = self._remembered.get(key)
            if known is not None:
                self._remembered.move_to_end(key)
        if known is not None and known.expires_at <= self._clock.now():
            raise SessionEnded(_EXPIRED)
        return known

    def live(self) -> frozenset[str]:
        """Digests of all tokens that hold, of desktops and of clients."""
        with self._store.reading() as reader:
            return frozenset((*reader.tokens.digests(self._clock.now()), *self._sites.of(reader).clients_by_hash))

    def revoke(self, token: str) -> None:
        """The token is good for nothing from now on, and its session ends: whatever is open goes where the policy says.

        So there is an event, by which every node knows at once.
        """
        with self._store.transaction() as transaction:
            known = transaction.tokens.get(digest(token))
            transaction.tokens.delete(digest(token))
            session = transaction.sessions.get(known.session) if known else None
            if session is not None:
                lose_session(transaction, self._sites.of(transaction), self._catalogue, session, self._clock.now())

    def end_sessions(self, person: str) -> bool:
        """Log somebody out, whatever is open: items go where the policy for lost agents says. False: was not there."""
        with self._store.transaction() as transaction:
            transaction.tokens.delete_of_person(person)
            session = transaction.sessions.of_person(person)
            if session is not None:
                site = self._sites.of(transaction)
                lose_session(transaction, site, self._catalogue, session, self._clock.now())
            return session is not None
