"""The locks name versions and hashes, nothing of where they come from, and follow pyproject.toml."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("desktop.txt", "dev.txt", "server.txt", "demo.txt", "peers.txt")
TESTED = ("desktop.txt", "server.txt", "demo.txt")


@pytest.fixture
def compiling() -> ModuleType:
    """The script that writes the locks, not run."""
    spec = importlib.util.spec_from_file_location("compile_locks", ROOT / "requirements" / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> dict[str, str]:
    """Package names of a lock with all that belongs to them."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return {entry.partition("==")[0]: entry for entry in re.split(r"\n(?=[a-z0-9])", text) if "==" in entry}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes_and_no_host(name: str) -> None:
    assert len(pins(name)) > 15
    for entry in pins(name).values():
        assert "--hash=sha256:" in entry
    assert "://" not in (ROOT / "requirements" / name).read_text("utf-8")


@pytest.mark.parametrize("name", TESTED)
def test_what_people_start_runs_on_the_versions_that_are_tested(name: str) -> None:
    started, tested = ({name: entry.split()[0] for name, entry in pins(lock).items()} for lock in (name, "dev.txt"))
    assert started.items() <= tested.items()


def test_a_server_is_installed_without_qt() -> None:
    assert not {name for name in pins("server.txt") if name.startswith("pyqt")}


def test_a_lock_is_out_of_date_when_a_dependency_changes_and_not_when_a_tool_option_does(
    compiling: ModuleType, tmp_path: Path
) -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for name in LOCKS:
        (tmp_path / name).write_text(compiling.NOTE + compiling.inputs_hash(project) + "\n", "utf-8")
    assert compiling.outdated(tmp_path, project) == []
    assert compiling.outdated(tmp_path, project.replace("line-length = 120", "line-length = 100")) == []
    assert sorted(compiling.outdated(tmp_path, project.replace('"pluggy', '"pluggier'))) == sorted(LOCKS)


def test_a_lock_that_is_not_there_is_out_of_date(compiling: ModuleType, tmp_path: Path) -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert sorted(compiling.outdated(tmp_path, project)) == sorted(LOCKS)
