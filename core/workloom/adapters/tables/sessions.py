"""Sessions and the state of their channels."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from workloom.adapters.tables.database import Database, Row
from workloom.adapters.tables.statements import Statements
from workloom.domain.presence import ChannelStatus, Presence, Session

_PRESENCE = {state.value: state for state in Presence}


class SessionRows:
    """`ports.Sessions`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql
        self._all: tuple[Session, ...] | None = None  # the dispatcher asks for it at each turn

    def get(self, session: str) -> Session | None:
        return self._one("get", session)

    def of_person(self, person: str) -> Session | None:
        return self._one("of_person", person)

    def reached(self, person: str) -> Session | None:
        return self.of_person(person)

    def ending(self, person: str) -> Session | None:
        return self.of_person(person)

    def of_persons(self, persons: Sequence[str]) -> tuple[Session, ...]:
        values = (self._database.list_of(persons),)
        return tuple(self._sessions_of(self._database.rows(self._sql["of_persons"], values)))

    def all(self) -> tuple[Session, ...]:
        if self._all is None:
            self._all = tuple(self._sessions_of(self._database.rows(self._sql["all"])))
        return self._all

    def silent(self, since: datetime) -> tuple[Session, ...]:
        return tuple(self._sessions_of(self._database.rows(self._sql["silent"], (self._database.at(since),))))

    def first_heard(self) -> datetime | None:
        row = self._database.row(self._sql["first_heard"])
        return None if row is None or row[0] is None else self._database.instant(row[0])

    def insert(self, session: Session) -> None:
        at = self._database.at
        instants = (at(session.logged_in_at), at(session.last_seen_at), at(session.idle_since))
        self._write("insert", (session.id, session.person, session.place, *instants))
        self._add_channels(session.id, session.channels)

    def seen(self, session: str, at: datetime) -> None:
        self._write("seen", (self._database.at(at), session))

    def idle(self, session: str, since: datetime) -> None:
        self._write("idle", (self._database.at(since), session))

    def idle_if_free(self, person: str, since: datetime) -> None:
        self._write("idle_if_free", (self._database.at(since), person, person))

    def set_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        self._write("drop_channels", (session,))
        self._add_channels(session, channels)

    def delete(self, session: str) -> None:
        self._write("drop_channels", (session,))
        self._write("delete", (session,))

    def _add_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        for position, channel in enumerate(channels):
            since = self._database.at(channel.since)
            values = (session, position, channel.media_type, channel.state.value, channel.reason, since)
            self._write("add_channel", values)

    def _write(self, name: str, values: tuple[Any, ...]) -> None:
        self._database.write(self._sql[name], values)
        self._all = None

    def _one(self, name: str, key: str) -> Session | None:
        return next(self._sessions_of(self._database.rows(self._sql[name], (key,))), None)

    def _sessions_of(self, rows: Iterable[Row]) -> Iterator[Session]:
        """Sessions of rows that say a session and one of its channels each, or none."""
        instant = self._database.instant
        channel_of = _channels(instant)
        for (key, person, place, *instants), its_rows in groupby(rows, key=itemgetter(slice(6))):
            logged_in_at, last_seen_at, idle_since = map(instant, instants)
            yield Session(
                id=key,
                person=person,
                place=place,
                logged_in_at=logged_in_at,
                last_seen_at=last_seen_at,
                idle_since=idle_since,
                channels=tuple(channel_of(*row[6:]) for row in its_rows if row[6] is not None),
            )


@lru_cache(maxsize=4)
def _channels(instant: Callable[[Any], datetime]) -> Callable[..., ChannelStatus]:
    """Makes channels of their columns, and keeps them: the same states are read over and over, and change seldom."""

    @lru_cache(maxsize=4096)
    def channel_of(media_type: str, state: str, reason: str, since: Any) -> ChannelStatus:
        return ChannelStatus(media_type=media_type, state=_PRESENCE[state], reason=reason, since=instant(since))

    return channel_of
