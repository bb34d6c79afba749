"""A yard for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.manager.making import Yard


@pytest.fixture
def yard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Yard]:
    """A folder on the import path, emptied from the interpreter afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    yard = Yard(tmp_path)
    yield yard
    yard.forget()
