"""`./loom run` without a display: the job plays by itself, and nothing but its steps is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workloom.bootstrap.engine import open_engine
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
    pictures = [picture.read_bytes() for picture in (tmp_path / "pictures").glob("*.png")]
    assert len(set(pictures)) == len(steps), "each step has a picture of its own"
    assert not (tmp_path / "own").exists()


@pytest.mark.timeout(120)
def test_a_desktop_that_nobody_sees_says_why_it_cannot_begin(tmp_path: Path) -> None:
    engine = open_engine(tmp_path)
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "workloom", "--data", str(tmp_path), "desktop"]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        seen, said = process.stderr.readline(), process.stderr.readline()
        assert seen == "There is no display: the desktop runs offscreen and nothing can be seen.\n"
        assert said.startswith(f"workloom: Another Workloom desktop uses the data in {tmp_path}. Close it first")
    finally:
        process.kill()
        process.communicate()
        engine.stop()


def test_the_play_needs_every_plugin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desktop", "--play", str(tmp_path), "--disable", "workbin"]) == 1
    said = "The main job is played with every plugin on data of its own: leave out the other options."
    assert capsys.readouterr().err == f"workloom: {said}\n"
