"""How often a command of an agent goes to the database and back: what an agent waits for, and what a node pays."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.engine.office import Office
from workloom.adapters.postgres.database import PostgresDatabase
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
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Statements of each trip."""
    made: list[int] = []
    send = PostgresDatabase._send  # noqa: SLF001 - what is counted

    def counted(self: PostgresDatabase, writes: Any, **how: Any) -> Any:
        made.append(len(writes))
        return send(self, writes, **how)

    monkeypatch.setattr(PostgresDatabase, "_send", counted)
    return made


def test_a_command_is_two_trips_and_one_that_is_known_is_one_and_its_end(office: Office, trips: list[int]) -> None:
    ann = office.log_in("ann")
    item = office.take(ann)
    trips.clear()
    changed = ann.items.execute(SetProperties(item=item.id, changes={"City": "Linz"}), key="first")
    assert len(trips) == 2
    trips.clear()
    assert ann.items.execute(SetProperties(item=item.id, changes={"City": "Linz"}), key="first") == changed
    assert len(trips) == 2
    with pytest.raises(BadInput):
        ann.items.execute(SetProperties(item=item.id, changes={"City": "Graz"}), key="first")
    trips.clear()
    assert ann.items.execute(MarkDone(item=item.id)).is_finished
    assert len(trips) == 2


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
