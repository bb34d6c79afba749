"""The contract suite on PostgreSQL, and through nodes on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.contract.backends import IN_USE, Backend
from tests.contract.capture.conftest import desk
from tests.contract.conftest import office
from tests.contract.suite import EVERYWHERE, STORES
from tests.server.contract.backends import NodeBackend, PostgresBackend
from workloom.adapters.postgres.store import PostgresStore
from workloom.adapters.sqlite.opening import open_store

__all__ = ["desk", "office"]

ON_STORES = ("postgres",)
ON_NODES = ("node-sqlite", "node-postgres")
_EVERYWHERE = {name.rpartition(".")[2] for name in EVERYWHERE}
_STORES = {name.rpartition(".")[2] for name in STORES}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each behaviour of the suite on all that it shall run on here."""
    name = metafunc.module.__name__.rpartition(".")[2]
    if name in _EVERYWHERE:
        metafunc.parametrize("backend", (*ON_STORES, *ON_NODES), indirect=True)
    elif name in _STORES:
        metafunc.parametrize("backend", ON_STORES, indirect=True)


@pytest.fixture(autouse=True)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """What the offices and stores of the test are opened on."""
    kind = getattr(request, "param", "postgres")
    folders = (tmp_path / f"data-{number}" for number in count(1))
    with ExitStack() as stack:
        if kind == "node-sqlite":
            made: Backend = NodeBackend(lambda: open_store(next(folders)), request.getfixturevalue("nodes_front"))
        else:
            postgres, template = request.getfixturevalue("postgres"), request.getfixturevalue("_template")

            def opened() -> PostgresStore:
                return PostgresStore(stack.enter_context(postgres.database(template)))

            on_node = kind == "node-postgres"
            made = NodeBackend(opened, request.getfixturevalue("nodes_front")) if on_node else PostgresBackend(opened)
        stack.callback(made.close)
        IN_USE.append(made)
        stack.callback(IN_USE.remove, made)
        yield made
