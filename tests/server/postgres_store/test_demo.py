"""A database that the demo begins in: with its site and all of its work, once."""

from datetime import UTC, datetime

from workloom.adapters.postgres.store import PostgresStore
from workloom.bootstrap.demo_feed import open_feed

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)


def events(store: PostgresStore) -> int:
    """How many have happened."""
    with store.reading() as reader:
        return len(reader.events.after(0, limit=100_000))


def test_a_database_begins_as_a_folder_does_and_only_once(empty_database: str) -> None:
    open_feed(empty_database, NOW).close()
    store = PostgresStore(empty_database)
    try:
        begun = events(store)
        assert begun > 500
        with store.reading() as reader:
            assert sum(load.waiting for load in reader.lists.queue_loads().values()) > 20
            assert reader.sessions.all() == ()
        open_feed(empty_database, NOW).close()
        assert events(store) == begun
    finally:
        store.close()
