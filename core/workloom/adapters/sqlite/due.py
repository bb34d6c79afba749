"""What time has brought, and what waits to be routed."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from workloom.adapters.sqlite.item_rows import is_alone, is_moving, item_of, wishes_in
from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import at_text, at_value_or_none
from workloom.domain.interaction import Interaction
from workloom.services.ports import Stream

_SQL = statements("due")
_BEGINNING, _END = "0", "9999-12-31T23:59:59.999999Z"


class SqliteDue:
    """`ports.DueReader`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def offers(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return self._until("offers", now, limit)

    def handling(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return self._until("handling", now, limit)

    def holds(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return self._until("holds", now, limit)

    def failed(self, limit: int) -> tuple[Interaction, ...]:
        return tuple(map(item_of, self._connection.execute(_SQL["failed"], (limit,))))

    def next_instant(self, now: datetime) -> datetime | None:
        row = self._connection.execute(_SQL["next_instant"], (at_text(now),)).fetchone()
        return at_value_or_none(row["at"])

    def streams(self, workbins: Sequence[str]) -> tuple[Stream, ...]:
        found = [_stream(row, queue=row["queue"]) for row in self._connection.execute(_SQL["queue_streams"])]
        for workbin in workbins:
            rows = self._connection.execute(_SQL["workbin_streams"], (workbin,))
            found += [_stream(row, workbin=workbin) for row in rows]
        return tuple(found)

    def heads(
        self,
        stream: Stream,
        now: datetime,
        *,
        since: datetime | None,
        until: datetime | None,
        limit: int,
    ) -> tuple[Interaction, ...]:
        values = {
            **_of(stream),
            "now": at_text(now),
            "since": _BEGINNING if since is None else at_text(since),
            "until": _END if until is None else at_text(until),
            "limit": limit,
        }
        name = "queue_heads" if stream.queue else "workbin_heads"
        return tuple(map(item_of, self._connection.execute(_SQL[name], values)))

    def next_age(self, stream: Stream, after: datetime) -> datetime | None:
        name = "next_age" if stream.queue else "next_workbin_age"
        row = self._connection.execute(_SQL[name], {**_of(stream), "after": at_text(after)}).fetchone()
        return at_value_or_none(row["at"])

    def _until(self, name: str, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return tuple(map(item_of, self._connection.execute(_SQL[name], (at_text(now), limit))))


def _stream(row: sqlite3.Row, **place: str) -> Stream:
    want = row["want"]
    return Stream(
        media_type=row["media_type"],
        want=want,
        wishes=wishes_in(want),
        oldest=at_value_or_none(row["oldest"]),
        newest=at_value_or_none(row["newest"]),
        alone=is_alone(want),
        moves=is_moving(want),
        **place,
    )


def _of(stream: Stream) -> dict[str, object]:
    return {
        "queue": stream.queue,
        "workbin": stream.workbin,
        "media_type": stream.media_type,
        "want": stream.want,
    }
