"""A plugin that ends the process in a slot or a painting, as it is started: it is found, and nobody else is off."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fault_zoo.places import install

from workloom.plugin_manager.start_guard import FILE as RECORD

EXITS = "import os; os._exit(7)"
RAISES = "raise SystemExit(7)"
CRASHES = "import ctypes; ctypes.string_at(0)"


def start(folder: Path) -> int:
    """Start the program, which logs an agent in; how it ended."""
    command = [sys.executable, "-m", "workloom", "desktop", "--as", "tomasz", "--data", str(folder / "data")]
    environ = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, env=os.environ | environ, capture_output=True, timeout=60, check=False)
    return done.returncode


def paused(folder: Path) -> dict[str, str]:
    """Where each plugin was for which it is kept off from now on."""
    kept = folder / "data" / "plugins.toml"
    return {id_: one["reason"] for id_, one in tomllib.loads(kept.read_text("utf-8"))["paused"].items()}


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("does", "place", "starts", "where"),
    [
        (EXITS, "painted", 1, "os._exit in slot"),
        (RAISES, "timed", 2, "slot"),
        (CRASHES, "painted", 2, "slot"),
    ],
)
def test_the_plugin_is_named_that_ends_the_desktop_where_nobody_has_called_it(
    tmp_path: Path, does: str, place: str, starts: int, where: str
) -> None:
    """`starts`: after one that ended between two calls, a careful one finds out."""
    install(tmp_path, does, [place])
    assert all(start(tmp_path) != 0 for _ in range(starts))
    look = [sys.executable, "-m", "workloom", "plugin", "info", place, "--data", str(tmp_path / "data")]
    environ = os.environ | {"PYTHONPATH": str(tmp_path)}
    said = subprocess.run(look, env=environ, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "state     paused: The desktop ended on " in said
    assert f"while the plugin was in “{where}”" in said
    assert set(paused(tmp_path)) == {place}
    assert not (tmp_path / "data" / RECORD).exists()
