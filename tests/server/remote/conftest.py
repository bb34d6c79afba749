"""The office of the contract suite, on a node: with SQLite and with PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.remote.office import RemoteOffice


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RemoteOffice]:
    """The office of `tests/contract/engine`, whose agents are at desktops."""
    on_postgres = request.param == "postgres"
    office = RemoteOffice(request.getfixturevalue("store") if on_postgres else tmp_path / "data")
    yield office
    office.close()
