"""What the services need of a store to know who is logged in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from workloom.domain.presence import ChannelStatus, Session


class SessionReader(Protocol):
    """Who is logged in. One session for each person at most."""

    def get(self, session: str) -> Session | None:
        """A session by id. In a write transaction: transactions that get the same one follow each other."""
        ...

    def of_person(self, person: str) -> Session | None: ...
    def of_persons(self, persons: Sequence[str]) -> tuple[Session, ...]:
        """The sessions of those of the persons who have one, by person."""
        ...

    def all(self) -> tuple[Session, ...]:
        """All sessions, by person."""
        ...

    def silent(self, since: datetime) -> tuple[Session, ...]:
        """Sessions of which nothing was heard after `since`, by person."""
        ...

    def first_heard(self) -> datetime | None:
        """When the session was heard that has been silent for longest; None = nobody is logged in."""
        ...


class Sessions(SessionReader, Protocol):
    """Sessions in a write transaction. Whoever needs sessions and items takes the sessions first."""

    def reached(self, person: str) -> Session | None:
        """The person's session, towards which something is done: it does not end before this transaction has."""
        ...

    def ending(self, person: str) -> Session | None:
        """The person's session, to end it: nothing is done with it or towards it before this transaction has ended."""
        ...

    def insert(self, session: Session) -> None: ...
    def seen(self, session: str, at: datetime) -> None:
        """A sign of life. It waits for no command, and may be lost in a crash when it is all that is written."""
        ...

    def idle(self, session: str, since: datetime) -> None: ...
    def idle_if_free(self, person: str, since: datetime) -> None:
        """The person's session is idle since then, unless items are with the person when the transaction ends."""
        ...

    def set_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None: ...
    def delete(self, session: str) -> None: ...
