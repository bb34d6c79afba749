"""What a partner ships: the wheel of a sample, installed beside that of Workloom, brings its panel to the desktop."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SAMPLES = sorted(path.parent for path in ROOT.glob("sample_extensions/*/pyproject.toml"))
OFFLINE = ("-m", "pip", "-qq", "--disable-pip-version-check")
LOG_IN = """
import sys
from pathlib import Path

import hello_panel
import workloom
from workloom.bootstrap.desktop import Desktop
from workloom.settings import Settings
from workloom.testing.desktop.person import Person

place = Path(sys.argv[1])
assert all(Path(one.__file__).is_relative_to(place) for one in (hello_panel, workloom))
desktop = Desktop(Settings(data=place / "data"))
person = Person(desktop.windows.open_window())
person.log_in("lena", "alpenrand")
person.wait_for("Hello Lena, no open items")
desktop.close()
"""


def run(*command: str | Path, **environ: str) -> str:
    """Run Python in the folder of the project; what it says, which is also the failure message."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=55,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheels of Workloom and of all samples installed."""
    wheels, place = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("place")
    run(*OFFLINE, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", wheels, ROOT, *SAMPLES)
    built = sorted(wheels.glob("*.whl"))
    assert len(built) == 1 + len(SAMPLES)
    run(*OFFLINE, "install", "--no-deps", "--no-index", "--no-compile", "--target", place, *built)
    return place


def test_the_panel_of_the_installed_sample_greets_the_agent(place: Path) -> None:
    said = run("-c", LOG_IN, place, PYTHONPATH=str(place), QT_QPA_PLATFORM="offscreen")
    assert "still holds" not in said  # all goes when a program ends; that is no leak


def test_nothing_but_packages_lies_in_the_wheels(place: Path) -> None:
    found = {path.name for path in place.iterdir() if not path.name.endswith(".dist-info")}
    plugins = {path.parent.name for path in ROOT.glob("plugins/*/__init__.py")}
    assert found - {"bin", "data"} == {"workloom", *plugins, *(sample.name for sample in SAMPLES)}
    assert (place / "hello_panel" / "plugin.toml").is_file()
    assert (place / "workloom" / "plugin_manager" / "manifest.schema.json").is_file()
