"""The tests of the engine's contract, on an office whose store is PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests.contract.engine.office import Office
from workloom.adapters.postgres.store import PostgresStore


@pytest.fixture
def office(store: PostgresStore) -> Iterator[Office]:
    """The office of `tests/contract/engine`."""
    office = Office(store)
    yield office
    office.close()
