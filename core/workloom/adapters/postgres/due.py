"""What time has brought, and what waits to be routed, of one shard."""

from collections.abc import Iterable
from typing import Any

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.items import PostgresItems
from workloom.adapters.tables.database import Row
from workloom.adapters.tables.due import DueRows, with_columns
from workloom.adapters.tables.statements import Statements
from workloom.domain.interaction import Interaction
from workloom.services.ports_due import Stream, Waiting
from workloom.services.shards import Shard


class PostgresDue(DueRows):
    """`ports_due.DueReader`, restricted to the queues of a shard."""

    def __init__(self, database: PostgresDatabase, sql: Statements, items: PostgresItems, shard: Shard) -> None:
        super().__init__(database, sql)
        self._postgres = database
        self._written = items
        self._shard = shard

    def of_streams(self) -> Write:
        """What `streams` asks for first."""
        return Write(self._sql["queue_streams"], self._all())

    def _heads(
        self, stream: Stream, span: dict[str, Any], behind: Interaction | Waiting | None, columns: str
    ) -> Iterable[Row]:
        if behind is None or not stream.queue:
            return super()._heads(stream, span, behind, columns)
        values = {
            **self._all(**span),
            "behind": behind.id,
            "behind_priority": -behind.priority,
            "behind_age": behind.moved_to_queue_at,
        }
        read = self._postgres.rows_beside if self._written.only_offers else self._postgres.rows
        return read(with_columns(self._sql["queue_heads_behind"], columns), values)

    def _all(self, **values: Any) -> dict[str, Any]:
        return {**values, "shard": self._shard.number, "shards": self._shard.of}
