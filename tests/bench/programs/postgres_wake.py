"""From a commit in this process until another one has it: `… store|raw DSN` is the other one."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag

import psycopg

from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.events import Event, EventKind

ROOT = Path(__file__).parents[3]
PAUSE = 0.004


def store_wakes(dsn: str, times: int) -> list[float]:
    """Milliseconds by two stores: a transaction that leaves an event, until the other node has read it."""
    store = PostgresStore(dsn)

    def happen() -> None:
        with store.transaction() as transaction:
            transaction.events.append([Event(at=datetime.now(UTC), kind=EventKind.SUBMITTED, item="i")])

    try:
        return _measured("store", dsn, times, happen)
    finally:
        store.close()


def raw_wakes(dsn: str, times: int) -> list[float]:
    """The same by bare statements: a row, its commit and a notification, until another connection has that."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (i int)")

        def happen() -> None:
            with connection.pipeline():
                for statement in ("BEGIN", "INSERT INTO bare VALUES (1)", "COMMIT", "SELECT pg_notify('bare', '')"):
                    connection.execute(statement)

        return _measured("raw", dsn, times, happen)


def _measured(kind: str, dsn: str, times: int, happen: Callable[[], None]) -> list[float]:
    """Both processes read the same monotonic clock."""
    words = [sys.executable, "-m", "tests.bench.programs.postgres_wake", kind, dsn]
    with _beside(words) as other:
        assert other.stdout is not None
        other.stdout.readline()
        found = []
        for _ in range(times):
            begun = time.monotonic()
            happen()
            found.append((float(other.stdout.readline()) - begun) * 1000)
            time.sleep(PAUSE)
        return found


@contextmanager
def _beside(words: list[str]) -> "Iterator[subprocess.Popen[str]]":
    other = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield other
    finally:
        other.kill()
        other.wait()
        assert other.stdout is not None
        other.stdout.close()


def hear_by_store(dsn: str) -> None:
    """Say the instant at which each event was read."""
    store, news = PostgresStore(dsn), Flag()
    store.on_commit(news.set)
    with store.reading() as reader:
        last = reader.events.last()
    print("ready", flush=True)
    while True:
        news.wait()
        news.clear()
        with store.reading() as reader:
            events = reader.events.after(last, limit=500)
        for event in events:
            print(time.monotonic(), flush=True)
            last = event.sequence


def hear_raw(dsn: str) -> None:
    """Say the instant of each notification."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("LISTEN bare")
        print("ready", flush=True)
        for _ in connection.notifies():
            print(time.monotonic(), flush=True)


if __name__ == "__main__":
    {"store": hear_by_store, "raw": hear_raw}[sys.argv[1]](sys.argv[2])
