"""Readers see events in their order, and miss none, however transactions draw numbers and end."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from threading import Event as Flag
from threading import Thread
from time import sleep

import psycopg
import pytest

from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.events import Event, EventKind

WRITERS, ROUNDS = 8, 25
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class GivenUp(Exception):
    """A writer changes its mind."""


def write(store: PostgresStore, writer: int) -> None:
    """Transactions with events whose numbers are drawn some time before they end, this way or that."""
    chance = Random(writer)  # noqa: S311 - the same pauses at every run
    for number in range(ROUNDS):
        with suppress(GivenUp), store.transaction() as transaction:
            events = [
                Event(at=NOON, kind=EventKind.SUBMITTED, item=f"{writer}-{number}-{part}")
                for part in range(chance.randint(1, 3))
            ]
            transaction.events.append(events)
            assert len(transaction.events.of_item(events[0].item)) == 1  # so the numbers are drawn by now
            sleep(chance.uniform(0, 0.015))
            if chance.random() < 0.3:
                raise GivenUp


class Reading:
    """A reader in a thread that goes on from the last event it has seen."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self._done = Flag()
        self._thread = Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> list[int]:
        self._done.set()
        self._thread.join()
        return self.seen

    def news(self) -> list[int]:
        raise AssertionError

    def _run(self) -> None:
        ended = False
        while not ended:
            ended = self._done.is_set()  # one more look after the end
            self.seen += self.news()


class OfTheStore(Reading):
    """By the store of another node."""

    def __init__(self, store: PostgresStore) -> None:
        super().__init__()
        self._store = store

    def news(self) -> list[int]:
        self._store.changed_elsewhere()
        with self._store.reading() as reader:
            return [event.sequence for event in reader.events.after(self.seen[-1] if self.seen else 0, limit=7)]


class Alone(Reading):
    """By events alone, without a snapshot."""

    def __init__(self, store: PostgresStore) -> None:
        super().__init__()
        self._store = store

    def news(self) -> list[int]:
        return [event.sequence for event in self._store.events_after(self.seen[-1] if self.seen else 0, limit=7)]


class Naive(Reading):
    """By the number alone, as one would do it without a frontier."""

    def __init__(self, dsn: str) -> None:
        super().__init__()
        self._connection = psycopg.connect(dsn, autocommit=True)

    def news(self) -> list[int]:
        last = self.seen[-1] if self.seen else 0
        found = self._connection.execute("SELECT sequence FROM event WHERE sequence > %s ORDER BY 1", (last,))
        return [sequence for (sequence,) in found]

    def end(self) -> list[int]:
        seen = super().end()
        self._connection.close()
        return seen


@pytest.fixture
def other(database: str) -> Iterator[PostgresStore]:
    """Another node on the same database."""
    opened = PostgresStore(database)
    yield opened
    opened.close()


def test_no_event_is_missed_or_out_of_order_beside_many_writers(
    store: PostgresStore, other: PostgresStore, database: str
) -> None:
    readers: list[Reading] = [OfTheStore(other), OfTheStore(store), Alone(other), Naive(database)]
    writers = [Thread(target=write, args=(store, number)) for number in range(WRITERS)]
    for reader in readers:
        reader.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    seen = [reader.end() for reader in readers]
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT sequence FROM event ORDER BY sequence").fetchall()
        drawn = connection.execute("SELECT last_value FROM event_sequence").fetchone()
    written = [sequence for (sequence,) in rows]
    assert len(written) > WRITERS * ROUNDS / 2
    assert drawn is not None
    assert len(written) < drawn[0], "some transactions were given up after they had drawn a number"
    rest = [OfTheStore(other), OfTheStore(store), Alone(other)]
    for late, sequences in zip(rest, seen, strict=False):
        late.seen = sequences
        while more := late.news():
            late.seen += more
        assert late.seen == written
    assert seen[-1] != written, "the test would not notice a reader who misses events"


def test_an_event_of_ones_own_is_read_at_once(store: PostgresStore) -> None:
    for number in range(1, 4):
        with store.transaction() as transaction:
            transaction.events.append([Event(at=NOON, kind=EventKind.SUBMITTED, item=str(number))])
        with store.reading() as reader:
            assert reader.events.last() == number
            found = reader.events.after(number - 1, limit=9)
        assert [event.item for event in found] == [str(number)]
        assert store.events_after(number - 1, limit=9) == found


def test_a_later_event_waits_for_the_earlier_one_and_comes_when_that_is_given_up(store: PostgresStore) -> None:
    event = Event(at=NOON, kind=EventKind.SUBMITTED, item="a")
    with suppress(GivenUp), store.transaction() as slow:
        slow.events.append([event])
        slow.events.of_item("a")
        with store.transaction() as quick:
            quick.events.append([event])
        with store.reading() as reader:
            assert reader.events.last() == 0
            assert reader.events.after(0, limit=9) == ()
        assert store.events_after(0, limit=9) == ()
        raise GivenUp
    with store.reading() as reader:
        assert [found.sequence for found in reader.events.after(0, limit=9)] == [2]
    assert [found.sequence for found in store.events_after(0, limit=9)] == [2]


def test_a_snapshot_shows_the_same_events_until_it_ends(store: PostgresStore) -> None:
    with store.reading() as reader:
        before = reader.events.last()
        with store.transaction() as transaction:
            transaction.events.append([Event(at=NOON, kind=EventKind.SUBMITTED, item="a")])
        assert reader.events.last() == before
        assert reader.events.after(0, limit=9) == ()


def test_an_event_that_is_committed_while_the_frontier_is_looked_for_is_not_passed_over(
    store: PostgresStore, database: str
) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ALTER FUNCTION event_frontier RENAME TO quick_frontier")
        connection.execute("""
            CREATE FUNCTION event_frontier(OUT last_given bigint, OUT published bigint) LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_sleep(0.3);
                SELECT * INTO last_given, published FROM quick_frontier();
            END
            $$""")
    found: list[tuple[Event, ...]] = []
    looking = Thread(target=lambda: found.append(store.events_after(0, limit=9)))
    looking.start()
    sleep(0.1)
    with store.transaction() as transaction:
        transaction.events.append([Event(at=NOON, kind=EventKind.SUBMITTED, item="a")])
    looking.join()
    assert [event.item for event in found[0]] == ["a"]
