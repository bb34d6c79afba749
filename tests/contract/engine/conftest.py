"""The office, once on a file and once in memory: the engine must not tell them apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.engine.office import Office


@pytest.fixture(params=["file", "memory"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "data" if request.param == "file" else ":memory:")
    yield office
    office.close()
