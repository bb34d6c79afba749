"""What was written for an API level still runs: frozen copies of the samples pass their own tests on this desktop."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LEVELS = sorted((ROOT / "tests" / "frozen").glob("level-*"))
FOUND = "import {0}; print({0}.__file__)"


def environ_of(level: Path) -> dict[str, str]:
    """The copies come before what is installed."""
    path = os.pathsep.join(str(folder) for folder in sorted(level.iterdir()))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.timeout(170)
@pytest.mark.parametrize("level", LEVELS, ids=[path.name for path in LEVELS])
def test_samples_of_a_level_pass_their_own_tests_on_this_desktop(level: Path) -> None:
    samples = sorted(path.name for path in level.iterdir())
    assert len(samples) >= 4
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={level}"]
    command = [sys.executable, "-m", "pytest", *options, *samples]
    done = subprocess.run(
        command, cwd=level, env=environ_of(level), capture_output=True, text=True, check=False, timeout=160
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("level", LEVELS, ids=[path.name for path in LEVELS])
def test_it_is_the_frozen_code_that_runs(level: Path) -> None:
    command = [sys.executable, "-c", FOUND.format("hello_panel")]
    done = subprocess.run(command, env=environ_of(level), capture_output=True, text=True, check=True, timeout=30)
    assert Path(done.stdout.strip()).is_relative_to(level)
