"""How often a command of an agent goes to the database and back: what an agent waits for, and what a node pays."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.contract.engine.office import Office
from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.commands import MarkDone, SetProperties
from workloom.domain.errors import BadInput, SessionEnded


@pytest.fixture
def office(store: PostgresStore) -> Iterator[Office]:
    """The usual office."""
    opened = Office(store)
    yield opened
    opened.close()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[list[Write]]:
    """The trips, each with its statements."""
    trips: list[list[Write]] = []
    send = PostgresDatabase._send  # noqa: SLF001 - what is counted

    def counted(self: PostgresDatabase, writes: Any, **how: Any) -> Any:
        trips.append(list(writes))
        return send(self, writes, **how)

    monkeypatch.setattr(PostgresDatabase, "_send", counted)
    return trips


def test_a_command_is_two_trips_and_one_that_is_known_too(office: Office, made: list[list[Write]]) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    made.clear()
    changed = ann.items.execute(SetProperties(item=item.id, changes={"City": "Linz"}), key="first")
    assert len(made) == 2
    made.clear()
    assert ann.items.execute(SetProperties(item=item.id, changes={"City": "Linz"}), key="first") == changed
    assert len(made) == 2
    with pytest.raises(BadInput):
        ann.items.execute(SetProperties(item=item.id, changes={"City": "Graz"}), key="first")
    made.clear()
    assert ann.items.execute(MarkDone(item=item.id)).is_finished
    assert len(made) == 2


def test_what_was_read_ahead_is_given_once_and_then_read_anew(store: PostgresStore, office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    session = office.sessions["ann"]
    with store.transaction() as transaction:
        transaction.foresee(session, key="never", item=item.id)
        found = transaction.sessions.get(session)
        assert found is not None
        assert transaction.keys.get("ann", "never") is None
        read = transaction.items.get(item.id)
        assert read is not None
        transaction.sessions.set_channels(session, ())
        again = transaction.sessions.get(session)
        assert again is not None
        assert (bool(found.channels), again.channels) == (True, ())
        assert transaction.items.get(item.id) == read


def test_a_session_that_has_ended_is_refused_as_ever(office: Office) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    office.log_in("ann")
    with pytest.raises(SessionEnded):
        ann.items.execute(MarkDone(item=item.id), key="late")


def test_no_command_reads_through_the_table_of_items_however_small_it_is(
    store: PostgresStore, office: Office, made: list[list[Write]]
) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    made.clear()
    office.do(ann, SetProperties(item=item.id, changes={"City": "Linz"}))
    office.do(ann, MarkDone(item=item.id))
    office.take(ann)
    sent = [write for trip in made for write in trip]
    assert len(sent) > 20
    with psycopg.connect(store.dsn) as connection:
        for write in sent:
            if write.statement.lstrip("- ").split()[0] not in ("BEGIN", "COMMIT") and "interaction" in write.statement:
                rows = connection.execute(f"EXPLAIN {write.statement}".encode(), write.values).fetchall()
                plan = "\n".join(line for (line,) in rows)
                assert "Seq Scan on interaction" not in plan, f"{write.statement}\n{plan}"
                connection.rollback()
