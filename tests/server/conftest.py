"""One PostgreSQL for the whole run, one new database for each test that asks for one."""

import os
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.server.postgres import REQUIRE_VARIABLE, NoPostgres, PostgresServer, postgres_server
from tests.server.remote.front import Front
from workloom.adapters.postgres.migrate import upgrade
from workloom.adapters.postgres.store import PostgresStore

_missing: list[str] = []


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running PostgreSQL. Where there is none: skipped, or failed if it is required."""
    servers = postgres_server()
    try:
        server = servers.__enter__()
    except NoPostgres as error:
        _missing.append(str(error))
        if os.environ.get(REQUIRE_VARIABLE) == "1":
            pytest.fail(f"PostgreSQL is required: {error}")
        pytest.skip(f"no PostgreSQL: {error}")
    yield server
    servers.__exit__(None, None, None)


@pytest.fixture
def own_postgres(postgres: PostgresServer) -> PostgresServer:
    """A PostgreSQL that may be killed and started again."""
    if postgres.process is None:
        pytest.skip("the server of WORKLOOM_POSTGRES is not ours to kill")
    return postgres


@pytest.fixture
def empty_database(postgres: PostgresServer) -> Iterator[str]:
    """The DSN of a new database without any table."""
    with postgres.database() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def _template(postgres: PostgresServer) -> Iterator[str]:
    """Name of a database with the schema of this version, to be copied."""
    name = postgres.create()
    with psycopg.connect(postgres.dsn(name), autocommit=True) as connection:
        upgrade(connection, name)
    yield name
    postgres.drop(name)


@pytest.fixture
def database(postgres: PostgresServer, _template: str) -> Iterator[str]:
    """The DSN of a new database with the schema of this version and nothing in it."""
    with postgres.database(_template) as dsn:
        yield dsn


@pytest.fixture
def store(database: str) -> Iterator[PostgresStore]:
    """A store on a database of its own."""
    opened = PostgresStore(database)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def nodes_front() -> Iterator[Front]:
    """The HTTP server before the nodes of many tests."""
    with closing(Front()) as made:
        yield made


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not tested."""
    for reason in dict.fromkeys(_missing):
        terminalreporter.write_line(f"WITHOUT POSTGRESQL: {reason}. Set WORKLOOM_POSTGRES, or install it.", yellow=True)
