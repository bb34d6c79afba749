"""Advisory locks: what transactions must not do at the same time though no row stands for it yet.

Keys of 64 bits: the kind in the upper 16, a digest of the name below (the events' own kind is in `frontier`).
"""

from collections.abc import Collection
from hashlib import blake2b
from typing import Final

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.tables.captured import Captured
from workloom.adapters.tables.logins import LoginRows
from workloom.adapters.tables.statements import Statements
from workloom.domain.capture_messages import Known
from workloom.services.ports_login import WrongGuesses

_KINDS: Final = {"engine": 0x5701, "upgrade": 0x5702, "capture": 0x5703, "guesses": 0x5704}
LOCK: Final = "SELECT pg_advisory_xact_lock(%s)"
LOCK_EACH: Final = "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key"
LOCK_BESIDE: Final = "SELECT pg_advisory_xact_lock_shared(%s)"


def lock_key(kind: str, *name: str) -> int:
    """The key of a lock."""
    digest = blake2b("\0".join(name).encode("utf-8", "surrogatepass"), digest_size=6).digest()
    return _KINDS[kind] << 48 | int.from_bytes(digest, "big")


BESIDE_OTHERS: Final = (Write("BEGIN"), Write(LOCK_BESIDE, (lock_key("engine"),)))
"""How a command begins: any number of them at a time."""


def alone(idle: float) -> tuple[Write, ...]:
    """How a step of the dispatcher begins: when every command has ended. `idle`: seconds that it may pause."""
    pause = f"SET LOCAL idle_in_transaction_session_timeout = {round(idle * 1000)}"
    return (Write("BEGIN"), Write(pause), Write(LOCK, (lock_key("engine"),)))


class PostgresCaptured(Captured):
    """`ports.Captured` in a write transaction: one at a time for each item of a source."""

    def taking(self, point: str, capture_ids: Collection[str]) -> None:
        keys = sorted({lock_key("capture", point, capture_id) for capture_id in capture_ids})
        self._database.write(LOCK_EACH, (keys,))

    def known(self, point: str, capture_id: str) -> Known | None:
        self._database.write(LOCK, (lock_key("capture", point, capture_id),))
        return super().known(point, capture_id)


class PostgresLogins(LoginRows):
    """`ports_login.LoginTable`: one try at a time for each name."""

    def __init__(self, database: PostgresDatabase, sql: Statements) -> None:
        super().__init__(database, sql)

    def guesses(self, digest: str) -> WrongGuesses | None:
        self._database.write(LOCK, (lock_key("guesses", digest),))
        return super().guesses(digest)
