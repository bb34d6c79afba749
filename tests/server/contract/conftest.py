"""The tests of the engine's contract, on an office whose store is PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.contract.capture.conftest import desk
from tests.contract.conftest import _offices_close
from tests.contract.engine.office import Office
from tests.contract.stores import OPENERS
from tests.server.postgres import PostgresServer
from workloom.adapters.postgres.store import PostgresStore

__all__ = ["_offices_close", "desk", "office"]


@pytest.fixture(autouse=True)
def _on_postgres(postgres: PostgresServer, _template: str) -> Iterator[None]:
    """Stores that a test opens for itself are on PostgreSQL, each on a database of its own."""
    with ExitStack() as stack:

        def opened(_where: Path | str) -> PostgresStore:
            dsn = stack.enter_context(postgres.database(_template))
            return stack.enter_context(closing(PostgresStore(dsn)))

        OPENERS.append(opened)
        yield
        OPENERS.remove(opened)


@pytest.fixture
def office(store: PostgresStore) -> Iterator[Office]:
    """The office of `tests/contract/engine`."""
    office = Office(store)
    yield office
    office.close()
