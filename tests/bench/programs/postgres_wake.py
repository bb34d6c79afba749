"""From a commit in this process until another one has it: `… store|raw DSN` is the other one."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag
from typing import IO, Any

import psycopg

from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.events import Event, EventKind

ROOT = Path(__file__).parents[3]
PAUSE = 0.004


def wakes(dsn: str, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds from a commit until the other process has it: by two stores, and by bare statements.

    The two in turn, so that what the machine does besides falls on both. Both processes read the same monotonic clock.
    """
    store = PostgresStore(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (i int)")
        with _beside("store", dsn) as by_store, _beside("raw", dsn) as raw:
            ours: list[float] = []
            bare: list[float] = []
            for _ in range(times):
                ours.append(_milliseconds(lambda: _leave_an_event(store), by_store))
                bare.append(_milliseconds(lambda: _write_and_notify(connection), raw))
    store.close()
    return ours, bare


def _leave_an_event(store: PostgresStore) -> None:
    with store.transaction() as transaction:
        transaction.events.append([Event(at=datetime.now(UTC), kind=EventKind.SUBMITTED, item="i")])


def _write_and_notify(connection: "psycopg.Connection[Any]") -> None:
    with connection.pipeline():
        for statement in ("BEGIN", "INSERT INTO bare VALUES (1)", "COMMIT", "SELECT pg_notify('bare', '')"):
            connection.execute(statement.encode())


def _milliseconds(happen: Callable[[], None], heard: IO[str]) -> float:
    time.sleep(PAUSE)
    begun = time.monotonic()
    happen()
    return (float(heard.readline()) - begun) * 1000


@contextmanager
def _beside(kind: str, dsn: str) -> Iterator[IO[str]]:
    """What the other process says, once it listens."""
    words = [sys.executable, "-m", "tests.bench.programs.postgres_wake", kind, dsn]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        yield other.stdout
        other.kill()


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
        for event in store.events_after(last, limit=500):
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
