"""What the start of the desktop may import, in a process of its own with all plugins."""

import re
from pathlib import Path

import pytest

from tests.bench.processes import ROOT, Programs
from tests.bench.programs.painted import KEEP_OUT

ON_DEMAND = frozenset({"httpx2", "websockets"})
"""What the desktop's environment holds for those who work on a server."""


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Programs, str]:
    """Programs, and data of which the first start of all, which makes a demo site, was before."""
    folder = tmp_path_factory.mktemp("start")
    programs, data = Programs(folder), str(folder / "data")
    programs.run("stock", data, "1")
    return programs, data


def test_the_desktop_starts_and_is_logged_in_without_what_is_to_be_kept_out(tmp_path: Path) -> None:
    said = Programs(tmp_path).run("desktop", str(tmp_path / "data"), "main")
    assert said["imported"] == []


@pytest.mark.parametrize("point", ["login", "main"])
def test_it_imports_late_what_is_needed_late(stocked: tuple[Programs, str], point: str) -> None:
    programs, data = stocked
    assert programs.run("desktop", data, point, "--safe-mode")["early"] == []


def test_the_desktops_environment_is_free_of_it_too() -> None:
    lock = (ROOT / "requirements" / "desktop.txt").read_text("utf-8")
    locked = {name.lower().replace("-", "_") for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}
    assert "dependency_injector" in locked
    assert locked.isdisjoint(set(KEEP_OUT) - ON_DEMAND)
