"""Sessions and the state of their channels in SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value
from workloom.domain.presence import ChannelStatus, Presence, Session

_SQL = statements("sessions")
_PRESENCE = {state.value: state for state in Presence}


class SqliteSessions:
    """`ports.Sessions`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._all: tuple[Session, ...] | None = None  # the dispatcher asks for it at each turn

    def get(self, session: str) -> Session | None:
        return self._one("get", session)

    def of_person(self, person: str) -> Session | None:
        return self._one("of_person", person)

    def all(self) -> tuple[Session, ...]:
        if self._all is None:
            self._all = tuple(_sessions_of(self._connection.execute(_SQL["all"])))
        return self._all

    def insert(self, session: Session) -> None:
        self._write(
            "insert",
            (
                session.id,
                session.person,
                session.place,
                at_text(session.logged_in_at),
                at_text(session.last_seen_at),
                at_text(session.idle_since),
            ),
        )
        self._add_channels(session.id, session.channels)

    def seen(self, session: str, at: datetime) -> None:
        self._write("seen", (at_text(at), session))

    def idle(self, session: str, since: datetime) -> None:
        self._write("idle", (at_text(since), session))

    def set_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        self._write("drop_channels", (session,))
        self._add_channels(session, channels)

    def delete(self, session: str) -> None:
        self._write("drop_channels", (session,))
        self._write("delete", (session,))

    def _add_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        for position, channel in enumerate(channels):
            self._write(
                "add_channel",
                (session, position, channel.media_type, channel.state.value, channel.reason, at_text(channel.since)),
            )

    def _write(self, name: str, values: tuple[str | int, ...]) -> None:
        self._connection.execute(_SQL[name], values)
        self._all = None

    def _one(self, name: str, key: str) -> Session | None:
        return next(_sessions_of(self._connection.execute(_SQL[name], (key,))), None)


def _sessions_of(rows: Iterable[sqlite3.Row]) -> Iterator[Session]:
    """Sessions of rows that say a session and one of its channels each, or none."""
    for (key, person, place, *instants), its_rows in groupby(rows, key=itemgetter(slice(6))):
        logged_in_at, last_seen_at, idle_since = map(at_value, instants)
        yield Session(
            id=key,
            person=person,
            place=place,
            logged_in_at=logged_in_at,
            last_seen_at=last_seen_at,
            idle_since=idle_since,
            channels=tuple(_channel_of(*row[6:]) for row in its_rows if row[6] is not None),
        )


@lru_cache(maxsize=4096)
def _channel_of(media_type: str, state: str, reason: str, since: str) -> ChannelStatus:
    """Kept, because the same states are read over and over, and change seldom."""
    return ChannelStatus(media_type=media_type, state=_PRESENCE[state], reason=reason, since=at_value(since))
