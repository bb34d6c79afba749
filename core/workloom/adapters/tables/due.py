"""What time has brought, and what waits to be routed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from workloom.adapters.tables.database import Database, Row
from workloom.adapters.tables.item_rows import is_alone, is_moving, wishes_in
from workloom.adapters.tables.statements import Statements
from workloom.adapters.tables.values import json_value
from workloom.domain.interaction import Interaction
from workloom.services.ports_due import Stream, Waiting

_BEGINNING: Final = datetime(1, 1, 1, tzinfo=UTC)
_END: Final = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)

_WHOLE: Final = "i.*"
_WAITING: Final = (
    "i.row, i.id, i.fence, i.priority, i.queue, i.workbin, i.workbin_owner, i.routing_age, '{}' AS attached"
)
_WITH_ATTACHED: Final = _WAITING.replace("'{}' AS attached", "i.attached")


class DueRows:
    """`ports_due.DueReader`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def offers(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return self._items("offers", {"now": self._database.at(now), "limit": limit})

    def handling(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return self._items("handling", {"now": self._database.at(now), "limit": limit})

    def holds(self, now: datetime, limit: int) -> tuple[Interaction, ...]:
        return self._items("holds", {"now": self._database.at(now), "limit": limit})

    def failed(self, limit: int) -> tuple[Interaction, ...]:
        return self._items("failed", {"limit": limit})

    def next_instant(self, now: datetime) -> datetime | None:
        return self._instant_of("next_instant", {"now": self._database.at(now)})

    def streams(self, workbins: Sequence[str]) -> tuple[Stream, ...]:
        found = [self._stream(row, queue=row[0]) for row in self._queue_streams()]
        for workbin in workbins:
            rows = self._database.rows(self._sql["workbin_streams"], self._all(workbin=workbin))
            found += [self._stream(row, workbin=workbin) for row in rows]
        return tuple(found)

    def _queue_streams(self) -> Iterable[Row]:
        return self._database.rows(self._sql["queue_streams"])

    def heads(
        self,
        stream: Stream,
        now: datetime,
        *,
        since: datetime | None,
        until: datetime | None,
        limit: int,
        behind: Interaction | Waiting | None = None,
    ) -> tuple[Interaction, ...]:
        rows = self._heads(stream, self._span(stream, now, since, until, limit), behind, _WHOLE)
        return tuple(map(self._database.items.item_of, rows))

    def waiting(
        self,
        stream: Stream,
        now: datetime,
        *,
        since: datetime | None,
        until: datetime | None,
        limit: int,
        behind: Interaction | Waiting | None = None,
        attached: bool = False,
    ) -> tuple[Waiting, ...]:
        columns = _WITH_ATTACHED if attached else _WAITING
        rows = self._heads(stream, self._span(stream, now, since, until, limit), behind, columns)
        instant = self._database.instant
        return tuple(
            Waiting(row, item, fence, priority, queue, workbin, owner, instant(age), json_value(kept))
            for row, item, fence, priority, queue, workbin, owner, age, kept in rows
        )

    def _heads(
        self, stream: Stream, span: dict[str, Any], behind: Interaction | Waiting | None, columns: str
    ) -> Iterable[Row]:
        """These columns of items of a stream, all or those behind one of them."""
        statement = self._sql["queue_heads" if stream.queue else "workbin_heads"]
        if behind is None:
            return self._database.rows(_put_in(statement, columns, ""), self._all(**span))
        values = {
            **span,
            "behind": behind.id,
            "behind_priority": behind.priority,
            "behind_age": self._database.at(behind.moved_to_queue_at),
        }
        return self._behind(_put_in(statement, columns, self._sql["behind"]), self._all(**values))

    def _behind(self, statement: str, values: dict[str, Any]) -> Iterable[Row]:
        """Rows behind an item: what is written of those before it does not concern them."""
        return self._database.rows(statement, values)

    def _span(
        self, stream: Stream, now: datetime, since: datetime | None, until: datetime | None, limit: int
    ) -> dict[str, Any]:
        """The parameters that name heads of a stream."""
        return {
            **_of(stream),
            "now": self._database.at(now),
            "since": self._database.at(since or _BEGINNING),
            "until": self._database.at(until or _END),
            "limit": limit,
        }

    def next_age(self, stream: Stream, after: datetime) -> datetime | None:
        name = "next_age" if stream.queue else "next_workbin_age"
        return self._instant_of(name, {**_of(stream), "after": self._database.at(after)})

    def _all(self, **values: Any) -> dict[str, Any]:
        """The parameters of a statement, with those that every statement of this reader is given."""
        return values

    def _items(self, name: str, values: dict[str, Any]) -> tuple[Interaction, ...]:
        return tuple(map(self._database.items.item_of, self._database.rows(self._sql[name], self._all(**values))))

    def _instant_of(self, name: str, values: dict[str, Any]) -> datetime | None:
        row = self._database.row(self._sql[name], self._all(**values))
        return None if row is None or row[0] is None else self._database.instant(row[0])

    def _stream(self, row: Row, **place: str) -> Stream:
        _, media_type, want, oldest, newest = row
        instant = self._database.instant
        return Stream(
            media_type=media_type,
            want=want,
            wishes=wishes_in(want),
            oldest=None if oldest is None else instant(oldest),
            newest=None if newest is None else instant(newest),
            alone=is_alone(want),
            moves=is_moving(want),
            **place,
        )


@lru_cache(maxsize=16)
def _put_in(statement: str, columns: str, behind: str) -> str:
    """The statement for these columns of items, under this condition."""
    return statement.replace("/* columns */", columns).replace("/* behind */", behind)


def _of(stream: Stream) -> dict[str, Any]:
    return {
        "queue": stream.queue,
        "workbin": stream.workbin,
        "media_type": stream.media_type,
        "want": stream.want,
    }
