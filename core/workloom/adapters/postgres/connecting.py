"""Connections in our manner: bounded waits, UTC, explicit transactions; and servers that must not be used."""

import selectors
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import psycopg
from msgspec import Struct
from psycopg.conninfo import conninfo_to_dict

from workloom.domain.errors import StorageError

OLDEST: Final = 140000
"""PostgreSQL 14, as `server_version` counts."""

_UNSAFE: Final[Mapping[str, str]] = {
    "fsync": "a power cut can destroy the whole database",
    "full_page_writes": "a power cut can destroy the whole database",
    "synchronous_commit": "work that was acknowledged can be lost in a crash",
}

_SETTINGS: Final = "SELECT " + ", ".join(f"current_setting('{name}')" for name in _UNSAFE)

_TIME_OF_NODES: Final = """
    SELECT max(last_seen_at) FROM session_activity WHERE EXISTS (
        SELECT 1 FROM lease WHERE until > clock_timestamp() AND until < clock_timestamp() + interval '1 minute'
    )
"""

Connection = psycopg.Connection[tuple[Any, ...]]


class PostgresSettings(Struct, frozen=True, kw_only=True):
    """Seconds, but for the numbers. A client that is cut off holds its locks no longer than these allow.

    `connections`: of one node; `connect`: how long one may take to come; `lock`: wait for a lock; `statement`: work of
    one; `idle`, `idle_whole`: pause within a transaction, within a step of the dispatcher; `network`: silence of the
    other end; `lease`: how long a dispatcher that is not heard of keeps its shard.
    """

    connections: int = 10
    connect: float = 3.0
    lock: float = 5.0
    statement: float = 30.0
    idle: float = 10.0
    idle_whole: float = 3.0
    network: float = 10.0
    lease: float = 3.0


def arguments(dsn: str, settings: PostgresSettings) -> dict[str, Any]:
    """What `psycopg.connect` is given."""
    given = conninfo_to_dict(dsn)
    milliseconds = {
        "lock_timeout": settings.lock,
        "statement_timeout": settings.statement,
        "idle_in_transaction_session_timeout": settings.idle,
        "tcp_user_timeout": settings.network,
        "client_connection_check_interval": settings.network / 2,
    }
    words = [str(given.get("options") or "")]
    words += [f"-c {name}={round(seconds * 1000)}" for name, seconds in milliseconds.items()]
    words += ["-c TimeZone=UTC", r"-c default_transaction_isolation=read\ committed"]  # who wants another one says so
    words += [f"-c tcp_keepalives_idle={max(1, round(settings.network / 2))}"]
    return {
        **given,
        "options": " ".join(words),
        "connect_timeout": max(2, round(settings.connect)),
        "keepalives_idle": max(1, round(settings.network / 2)),
        "tcp_user_timeout": round(settings.network * 1000),
        "fallback_application_name": "workloom",
        "autocommit": True,
        "prepare_threshold": 2,
    }


def connect(dsn: str, settings: PostgresSettings) -> Connection:
    """One connection. Raises psycopg's errors."""
    return psycopg.connect(**arguments(dsn, settings))


def server_time(dsn: str, settings: PostgresSettings) -> datetime:
    """The wall clock of the server: nodes that begin from it agree, however their own are set. psycopg's errors."""
    with connect(dsn, settings) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        now: datetime = row[0]
        return now


def time_of_nodes(dsn: str, settings: PostgresSettings) -> datetime | None:
    """When a node that lives has last heard a desktop, by its own clock; None: none lives, or has heard one. psycopg's
    errors.
    """
    with connect(dsn, settings) as connection:
        try:
            row = connection.execute(_TIME_OF_NODES).fetchone()
        except psycopg.errors.UndefinedTable:  # a database that is still to be upgraded
            return None
        heard: datetime | None = row[0] if row else None
        return heard


def has_word(*sockets: int, seconds: float | None = None) -> bool:
    """Whether there is something to read on one of the sockets; wait so many seconds for it, None = for ever.

    Not by `select`, which knows no more than 1,024 sockets: a node has more.
    """
    with selectors.DefaultSelector() as selector:
        for each in sockets:
            selector.register(each, selectors.EVENT_READ)
        return bool(selector.select(seconds))


def refuse_unsafe(connection: Connection, where: str) -> None:
    """StorageError for a server that would lose acknowledged work, or that is too old."""
    version = connection.info.server_version
    if version < OLDEST:
        raise StorageError(
            f"The database {where} is PostgreSQL {version // 10000}; at least {OLDEST // 10000} is needed."
            " Upgrade it, then start again."
        )
    found = connection.execute(_SETTINGS).fetchone() or ()
    for (name, danger), setting in zip(_UNSAFE.items(), found, strict=True):
        if setting == "off":
            raise StorageError(
                f"The database {where} has {name} = off: {danger}. Nothing was changed."
                f" Set {name} = on in postgresql.conf, then start again."
            )
