"""Sessions in PostgreSQL: who reads one in order to act holds it; a step of the dispatcher reads all of them once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.dialect import sql
from workloom.adapters.tables.sessions import SessionRows
from workloom.domain.presence import ChannelStatus, Session

_SQL: Final = sql("sessions")


class _Freed:
    """Who may have become free, a `database.Buffer`: each is looked at once, when all items are written."""

    def __init__(self, database: PostgresDatabase) -> None:
        self._since: dict[str, datetime] = {}
        database.add_buffer(self, late=True)

    def note(self, person: str, since: datetime) -> None:
        """An item of the person has gone."""
        self._since[person] = since

    def taken(self) -> Iterator[Write]:
        freed, self._since = self._since, {}
        for person, since in freed.items():
            yield Write(_SQL["idle_if_free"], (since, person, person))


class PostgresSessions(SessionRows):
    """`ports.Sessions` of a command, which runs beside others."""

    def __init__(self, database: PostgresDatabase) -> None:
        super().__init__(database, _SQL)
        self._signs = database
        self._freed = _Freed(database)
        self._held = ""

    def get(self, session: str) -> Session | None:
        if session != self._held:
            self._database.write(_SQL["hold_own"], (session,))
        return super().get(session)

    def reads_of(self, session: str) -> tuple[Write, Write]:
        """What holds the session, and what `get` then reads."""
        self._held = session
        return Write(_SQL["hold_own"], (session,)), Write(_SQL["get"], (session,))

    def reached(self, person: str) -> Session | None:
        self._database.write(_SQL["hold_reached"], (person,))
        return super().of_person(person)

    def ending(self, person: str) -> Session | None:
        self._database.write(_SQL["hold_ending"], (person,))
        return super().of_person(person)

    def idle_if_free(self, person: str, since: datetime) -> None:
        self._all = None
        self._freed.note(person, since)

    def seen(self, session: str, at: datetime) -> None:
        self._all = None
        self._signs.write_lightly(_SQL["seen"], (at, session))


FEW: Final = 8
"""Sessions that are read one by one before all are read at once."""


class SessionsOfAStep(SessionRows):
    """`ports.Sessions` of a transaction beside which there is no other.

    A step that looks at many reads all of them once, and keeps them as they become.
    """

    def __init__(self, database: PostgresDatabase) -> None:
        super().__init__(database, _SQL)
        self._freed = _Freed(database)
        self._kept: dict[str, Session] | None = None
        self._asked = 0

    def get(self, session: str) -> Session | None:
        return super().get(session) if self._are_few() else self._known().get(session)

    def of_person(self, person: str) -> Session | None:
        if self._are_few():
            return super().of_person(person)
        return next((session for session in self._known().values() if session.person == person), None)

    def all(self) -> tuple[Session, ...]:
        if self._all is None:
            self._all = tuple(sorted(self._known().values(), key=lambda session: session.person.encode()))
        return self._all

    def insert(self, session: Session) -> None:
        super().insert(session)
        if self._kept is not None:
            self._kept[session.id] = session

    def seen(self, session: str, at: datetime) -> None:
        self._change(session, last_seen_at=at)
        super().seen(session, at)

    def idle(self, session: str, since: datetime) -> None:
        self._change(session, idle_since=since)
        super().idle(session, since)

    def idle_if_free(self, person: str, since: datetime) -> None:
        self._kept = self._all = None  # whether it is so is known when it is read again
        self._freed.note(person, since)

    def set_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        self._change(session, channels=tuple(channels))
        super().set_channels(session, channels)

    def delete(self, session: str) -> None:
        super().delete(session)
        if self._kept is not None:
            self._kept.pop(session, None)

    def _are_few(self) -> bool:
        self._asked += 1
        return self._kept is None and self._asked <= FEW

    def _known(self) -> dict[str, Session]:
        if self._kept is None:
            self._kept = {session.id: session for session in super().all()}
        return self._kept

    def _change(self, session: str, **changes: object) -> None:
        known = self._kept
        if known is not None and session in known:
            known[session] = replace(known[session], **changes)
