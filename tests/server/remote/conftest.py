"""The office of the contract suite, on a node."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.remote.office import RemoteOffice


@pytest.fixture(params=["sqlite"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RemoteOffice]:
    office = RemoteOffice(tmp_path / "data")
    yield office
    office.close()
