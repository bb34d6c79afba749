"""Which databases a node works on, and what it does when the database goes away for a while."""

import resource
import socket
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from time import monotonic, sleep

import psycopg
import pytest

from tests.contract.engine.office import Office, site
from tests.server.nodes import served, wait_until
from tests.server.postgres import PostgresServer
from workloom.adapters.postgres.connecting import PostgresSettings, connect
from workloom.adapters.postgres.connections import Connections
from workloom.adapters.postgres.dialect import FOLDER
from workloom.adapters.postgres.migrate import upgrade
from workloom.adapters.postgres.store import PostgresStore, wall_of
from workloom.adapters.tables.migrations import migrations
from workloom.domain.errors import StorageBusy, StorageError, StorageReadOnly, StorageTooNew, StorageUnreachable
from workloom.domain.events import Event, EventKind
from workloom.domain.presence import Presence

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def happen(store: PostgresStore, item: str) -> None:
    with store.transaction() as transaction:
        transaction.events.append([Event(at=NOON, kind=EventKind.SUBMITTED, item=item)])


def test_a_database_without_tables_is_refused_with_the_command_that_makes_them(empty_database: str) -> None:
    with pytest.raises(StorageError, match="workloom db upgrade"):
        PostgresStore(empty_database)
    with psycopg.connect(empty_database, autocommit=True) as connection:
        assert upgrade(connection, "here") == [each.name for each in migrations(FOLDER)]
        assert upgrade(connection, "here") == []
    PostgresStore(empty_database).close()


def test_a_schema_of_a_later_version_or_another_edition_is_refused(database: str) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE migration SET checksum = 'other'")
    with pytest.raises(StorageError, match="another edition of migration"):
        PostgresStore(database)
    with psycopg.connect(database) as connection:
        connection.execute("INSERT INTO migration VALUES (99, '0099_later.sql', 'x')")
    with pytest.raises(StorageTooNew, match="later version"):
        PostgresStore(database)


def test_a_database_whose_transactions_are_stricter_by_default_is_used_as_any_other(database: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    stricter = psycopg.sql.SQL("ALTER DATABASE {} SET default_transaction_isolation = 'repeatable read'")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(stricter.format(psycopg.sql.Identifier(str(name))))
    for options in ({}, {"options": "-c default_transaction_isolation=serializable"}):
        with connect(psycopg.conninfo.make_conninfo(database, **options), PostgresSettings()) as connection:
            assert connection.execute("SHOW transaction_isolation").fetchone() == ("read committed",)


def test_a_server_that_loses_what_it_acknowledged_is_refused(database: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(psycopg.sql.Identifier(str(name)))
        )
    with pytest.raises(StorageError, match="synchronous_commit = off"):
        PostgresStore(database)


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_server_that_a_power_cut_destroys_is_refused(own_postgres: PostgresServer, database: str, name: str) -> None:
    own_postgres.stop()
    own_postgres.start(**{name: "off"})
    try:
        with pytest.raises(StorageError, match=f"{name} = off"):
            PostgresStore(database)
    finally:
        own_postgres.stop()
        own_postgres.start()


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
def test_a_node_is_not_ready_while_its_server_is_back_as_one_that_loses_work(
    own_postgres: PostgresServer, database: str, tmp_path: Path, name: str
) -> None:
    with served(tmp_path, site(), database=database, database_connect=0.5) as node:

        def ready() -> tuple[int, str]:
            answer = node.http.get("/ready")
            return answer.status_code, answer.text

        ann = node.log_in("ann")
        assert ready()[0] == 200
        own_postgres.stop()
        own_postgres.start(**{name: "off"})
        try:
            wait_until(lambda: f"{name} = off" in ready()[1])
            assert ready()[0] == 503
            with pytest.raises(StorageError, match=f"{name} = off"):
                ann.call("presence.set_state", Presence.READY)
        finally:
            own_postgres.stop()
            own_postgres.start()
        wait_until(lambda: ready()[0] == 200)
        ann.call("presence.set_state", Presence.READY)


def test_no_server_and_no_dsn_are_told_apart(database: str) -> None:
    with pytest.raises(StorageUnreachable, match=r"nowhere on 127\.0\.0\.1:1 does not answer.*Nothing was changed"):
        PostgresStore("host=127.0.0.1 port=1 dbname=nowhere user=nobody password=secret")
    for dsn in ("postgresql://user:secret@host/name?what=is", "host=db password=secret name"):
        with pytest.raises(StorageError, match="names no database") as raised:
            PostgresStore(dsn)
        assert "secret" not in str(raised.value)


def test_a_server_that_is_away_and_one_with_no_connection_left_are_told_apart(database: str) -> None:
    settings = PostgresSettings(connections=1, connect=0.5)
    away = Connections("host=127.0.0.1 port=1", settings, "nowhere")
    with closing(away), pytest.raises(StorageUnreachable):
        away.take()
    there = Connections(database, settings, "there")
    with closing(there):
        one = there.take()
        with pytest.raises(StorageBusy):
            there.take()
        there.give_back(one)
        there.give_back(there.take())


def test_a_copy_that_takes_no_changes_says_so(database: str) -> None:
    store = PostgresStore(f"{database} options='-c default_transaction_read_only=on'")
    with pytest.raises(StorageReadOnly, match="takes no changes"):
        happen(store, "a")
    store.close()


def test_a_node_goes_on_when_the_database_is_back_and_nothing_acknowledged_is_lost(
    own_postgres: PostgresServer, store: PostgresStore
) -> None:
    happen(store, "a")
    own_postgres.kill()
    with pytest.raises(StorageUnreachable):
        happen(store, "b")
    own_postgres.start()
    begun = monotonic()
    while True:
        try:
            happen(store, "c")
            break
        except StorageUnreachable:
            assert monotonic() - begun < 5
    with store.reading() as reader:
        assert [event.item for event in reader.events.after(0, limit=9)] == ["a", "c"]


def test_other_nodes_hear_of_a_commit_also_after_a_restart_and_one_hears_its_own_at_once(
    own_postgres: PostgresServer, store: PostgresStore, database: str
) -> None:
    heard, own = Flag(), Flag()
    other = PostgresStore(database)
    other.on_commit(heard.set)
    store.on_commit(own.set)
    happen(store, "a")
    assert own.is_set()
    assert heard.wait(5)
    own_postgres.kill()
    own_postgres.start()
    sleep(1.5)  # by then it listens again
    heard.clear()
    happen(store, "b")
    assert heard.wait(5)
    with other.reading() as reader:
        assert [event.item for event in reader.events.after(0, limit=9)] == ["a", "b"]
    other.close()


def test_nodes_begin_at_the_time_of_the_database(database: str) -> None:
    before, now, after = datetime.now(UTC), wall_of(database, PostgresSettings()), datetime.now(UTC)
    assert before <= now <= after  # here it is the same machine
    assert now.utcoffset() == timedelta(0)
    with pytest.raises(StorageUnreachable):
        wall_of("host=127.0.0.1 port=1", PostgresSettings())


@pytest.mark.parametrize("days", [-1, 1])
def test_a_node_begins_at_the_time_of_those_that_live_when_the_clock_of_the_database_was_set(
    store: PostgresStore, database: str, days: int
) -> None:
    theirs = datetime.now(UTC) + timedelta(days=days)
    office = Office(store)
    office.log_in("ann")
    with store.transaction() as transaction:
        transaction.sessions.seen(office.sessions["ann"], theirs)
    now = wall_of(database, PostgresSettings())
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)  # whoever was heard then is heard no more
    lease = store.lease()
    assert lease.held()
    assert wall_of(database, PostgresSettings()) == theirs
    lease.release()


def test_a_node_with_more_than_a_thousand_sockets_goes_on_with_new_connections(
    store: PostgresStore, database: str
) -> None:
    heard = Flag()
    with ExitStack() as stack:
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(limits[0], min(4096, limits[1])), limits[1]))
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
        for _ in range(1100):
            stack.enter_context(socket.socket())
        crowded = stack.enter_context(closing(PostgresStore(database)))
        crowded.on_commit(heard.set)
        for number in range(3):
            heard.clear()
            happen(store, str(number))
            assert heard.wait(5)
            with crowded.reading() as reader:
                assert reader.events.last() == number + 1


def test_a_poll_finds_what_was_committed_elsewhere_without_any_notice(store: PostgresStore, database: str) -> None:
    store.changed_elsewhere()
    assert not store.changed_elsewhere()
    with psycopg.connect(database) as connection:
        connection.execute(
            "INSERT INTO event (at, kind, item, actor, person, queue, workbin, workbin_owner, detail)"
            " VALUES (now(), 'submitted', 'a', '', '', '', '', '', '{}')"
        )
    assert store.changed_elsewhere()
    assert not store.changed_elsewhere()
