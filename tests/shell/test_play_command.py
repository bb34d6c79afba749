"""`./loom run` without a display: the job plays by itself, and nothing but its steps is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workloom.cli import main


@pytest.mark.timeout(120)
def test_the_play_says_its_steps_and_nothing_else(tmp_path: Path) -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "WORKLOOM_DATA": str(tmp_path / "own")}
    command = [sys.executable, "-m", "workloom", "desktop", "--play", str(tmp_path / "pictures")]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    *steps, last = done.stdout.splitlines()
    assert last == f"A picture of each step is in {tmp_path / 'pictures'}"
    assert [int(step.split(".")[0]) for step in steps] == list(range(1, len(steps) + 1))
    assert len(list((tmp_path / "pictures").glob("*.png"))) == len(steps)
    assert not (tmp_path / "own").exists()


def test_the_play_needs_every_plugin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desktop", "--play", str(tmp_path), "--disable", "workbin"]) == 1
    said = "The main job is played with every plugin on data of its own: leave out the other options."
    assert capsys.readouterr().err == f"workloom: {said}\n"
