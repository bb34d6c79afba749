"""The tests of the same name in `tests/contract`, on PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests.contract.configuration.test_administration import *  # noqa: F403
from tests.contract.configuration.test_administration import ALL, allow
from workloom.adapters.postgres.store import PostgresStore
from workloom.testing.office import Office


@pytest.fixture(name="office")
def _office_on_postgres(store: PostgresStore) -> Iterator[Office]:
    """The office of these tests, on PostgreSQL."""
    made = Office(store)
    allow(made, *ALL)
    yield made
    made.close()
