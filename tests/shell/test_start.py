"""What the start of the desktop may import, in a process of its own with all plugins."""

import re
from pathlib import Path

import pytest

from tests.bench.processes import ROOT, Programs
from tests.bench.programs.painted import KEEP_OUT


@pytest.mark.parametrize("point", ["login", "main"])
def test_the_desktop_starts_without_what_is_to_be_kept_out(tmp_path: Path, point: str) -> None:
    said = Programs(tmp_path).run("desktop", str(tmp_path / "data"), point)
    assert said["imported"] == []


def test_the_desktops_environment_is_free_of_it_too() -> None:
    # dependency-injector imports FastAPI and pydantic-settings wherever it finds them.
    lock = (ROOT / "requirements" / "desktop.txt").read_text("utf-8")
    locked = {name.lower().replace("-", "_") for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}
    assert "dependency_injector" in locked
    assert locked.isdisjoint(KEEP_OUT)
