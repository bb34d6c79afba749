"""What time has brought, and what waits to be routed, of one shard."""

from collections.abc import Iterable
from typing import Any

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.items import PostgresItems
from workloom.adapters.tables.database import Row
from workloom.adapters.tables.due import DueRows
from workloom.adapters.tables.statements import Statements
from workloom.services.shards import Shard


class PostgresDue(DueRows):
    """`ports_due.DueReader`, restricted to the queues of a shard."""

    def __init__(self, database: PostgresDatabase, sql: Statements, items: PostgresItems, shard: Shard) -> None:
        super().__init__(database, sql)
        self._postgres = database
        self._written = items
        self._shard = shard

    def of_streams(self) -> Write:
        """What `streams` asks for first; a statement without parameters is planned once and not over and over."""
        shards, shard = str(self._shard.of), str(self._shard.number)
        return Write(self._sql["queue_streams"].replace("%(shards)s", shards).replace("%(shard)s", shard))

    def _queue_streams(self) -> Iterable[Row]:
        asked = self.of_streams()
        return self._database.rows(asked.statement, asked.values)

    def _behind(self, statement: str, values: dict[str, Any]) -> Iterable[Row]:
        read = self._postgres.rows_beside if self._written.only_offers else self._postgres.rows
        return read(statement, values)

    def _all(self, **values: Any) -> dict[str, Any]:
        return {**values, "shard": self._shard.number, "shards": self._shard.of}
