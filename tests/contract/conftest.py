"""The contract suite on stores of this process; `tests/server/contract` has it on PostgreSQL and through nodes."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.contract.backends import IN_USE, Backend
from tests.contract.suite import EVERYWHERE, STORES
from workloom.adapters.sqlite.opening import open_store
from workloom.adapters.sqlite.store import MEMORY, SqliteStore
from workloom.testing.office import Office

KINDS = ("memory", "file")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each behaviour of the suite once in memory and once on a file."""
    if metafunc.module.__name__ in {*EVERYWHERE, *STORES}:
        metafunc.parametrize("backend", KINDS, indirect=True)


@pytest.fixture(autouse=True)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """What the offices and stores of the test are opened on."""
    folders = (tmp_path / f"data-{number}" for number in count(1))
    on_file = getattr(request, "param", "memory") == "file"
    made = Backend((lambda: open_store(next(folders))) if on_file else (lambda: SqliteStore(MEMORY)))
    IN_USE.append(made)
    yield made
    IN_USE.remove(made)
    made.close()


@pytest.fixture
def office(backend: Backend) -> Office:
    """The office of the test kit."""
    return backend.office()
