"""The script under test, and a record of the programs that it would have started."""

import sys
from types import ModuleType

import pytest

from tests.loom.loading import load_loom


@pytest.fixture
def loom(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, leaving no compiled file beside it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return load_loom()


@pytest.fixture
def started(loom: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Command lines that the script wanted to start; each of them succeeds and does nothing."""
    commands: list[list[str]] = []

    def note(command: list[str], environ: dict[str, str] | None = None, quiet: bool = False) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(loom, "call", note)
    return commands
