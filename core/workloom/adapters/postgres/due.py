"""What time has brought, and what waits to be routed, of one shard."""

from typing import Any

from workloom.adapters.postgres.database import PostgresDatabase
from workloom.adapters.tables.due import DueRows
from workloom.adapters.tables.statements import Statements
from workloom.services.shards import Shard


class PostgresDue(DueRows):
    """`ports.DueReader`, restricted to the queues of a shard."""

    def __init__(self, database: PostgresDatabase, sql: Statements, shard: Shard) -> None:
        super().__init__(database, sql)
        self._shard = shard

    def _all(self, **values: Any) -> dict[str, Any]:
        return {**values, "shard": self._shard.number, "shards": self._shard.of}
