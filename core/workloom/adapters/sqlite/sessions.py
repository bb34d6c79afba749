"""Sessions and the state of their channels in SQLite."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value
from workloom.domain.presence import ChannelStatus, Presence, Session

_SQL = statements("sessions")


class SqliteSessions:
    """`ports.Sessions`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def get(self, session: str) -> Session | None:
        return self._one("get", session)

    def of_person(self, person: str) -> Session | None:
        return self._one("of_person", person)

    def all(self) -> tuple[Session, ...]:
        channels: dict[str, list[ChannelStatus]] = {}
        for row in self._connection.execute(_SQL["all_channels"]):
            channels.setdefault(row["session"], []).append(_channel_of(row))
        rows = self._connection.execute(_SQL["all"]).fetchall()
        return tuple(_session_of(row, channels.get(row["id"], ())) for row in rows)

    def insert(self, session: Session) -> None:
        self._connection.execute(
            _SQL["insert"],
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
        self._connection.execute(_SQL["seen"], (at_text(at), session))

    def idle(self, session: str, since: datetime) -> None:
        self._connection.execute(_SQL["idle"], (at_text(since), session))

    def set_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        self._connection.execute(_SQL["drop_channels"], (session,))
        self._add_channels(session, channels)

    def delete(self, session: str) -> None:
        self._connection.execute(_SQL["drop_channels"], (session,))
        self._connection.execute(_SQL["delete"], (session,))

    def _add_channels(self, session: str, channels: Sequence[ChannelStatus]) -> None:
        for position, channel in enumerate(channels):
            self._connection.execute(
                _SQL["add_channel"],
                (session, position, channel.media_type, channel.state.value, channel.reason, at_text(channel.since)),
            )

    def _one(self, name: str, key: str) -> Session | None:
        row = self._connection.execute(_SQL[name], (key,)).fetchone()
        if row is None:
            return None
        return _session_of(row, map(_channel_of, self._connection.execute(_SQL["channels"], (row["id"],))))


def _session_of(row: sqlite3.Row, channels: Iterable[ChannelStatus]) -> Session:
    return Session(
        id=row["id"],
        person=row["person"],
        place=row["place"],
        logged_in_at=at_value(row["logged_in_at"]),
        last_seen_at=at_value(row["last_seen_at"]),
        idle_since=at_value(row["idle_since"]),
        channels=tuple(channels),
    )


def _channel_of(row: sqlite3.Row) -> ChannelStatus:
    return ChannelStatus(
        media_type=row["media_type"],
        state=Presence(row["state"]),
        reason=row["reason"],
        since=at_value(row["since"]),
    )
