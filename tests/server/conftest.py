"""One PostgreSQL for the whole run, one new database for each test that asks for one."""

import os
from collections.abc import Iterator

import pytest

from tests.server.postgres import REQUIRE_VARIABLE, NoPostgres, PostgresServer, postgres_server

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not tested."""
    for reason in dict.fromkeys(_missing):
        terminalreporter.write_line(f"WITHOUT POSTGRESQL: {reason}. Set WORKLOOM_POSTGRES, or install it.", yellow=True)
