"""`workloom demo`: one command starts everything, and ends all that it has started."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "workloom", "demo"]
OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
STEPS = 18


@pytest.mark.timeout(180)
def test_without_a_display_a_transfer_between_two_desktops_is_played_with_a_picture_of_each_step(
    tmp_path: Path,
) -> None:
    played = subprocess.run(
        [*COMMAND, "--play", str(tmp_path)], env=OFFSCREEN, capture_output=True, text=True, timeout=170, check=False
    )
    assert played.returncode == 0, played.stdout + played.stderr
    pictures = sorted(tmp_path.glob("*.png"))
    assert len(pictures) == STEPS
    assert len({path.read_bytes() for path in pictures}) == STEPS, "each step has a picture of its own"
    assert pictures[-1].name == "18-notes.png"
    assert "Ending the demo" in played.stdout


@pytest.fixture
def demo() -> Iterator["subprocess.Popen[str]"]:
    started = subprocess.Popen(
        [*COMMAND, "--every", "1"], env=OFFSCREEN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield started
    if started.poll() is None:
        started.terminate()
    started.communicate(timeout=60)


@pytest.mark.timeout(180)
def test_a_node_and_three_desktops_work_until_ctrl_c_and_none_is_left(demo: "subprocess.Popen[str]") -> None:
    said: list[str] = []
    assert demo.stdout is not None
    for line in demo.stdout:
        said.append(line)
        if "came in" in line:
            break
    children = [int(found) for line in said for found in re.findall(r"\(process (\d+)\)", line)]
    assert len(children) == 4, said
    assert [line.split()[3].strip(",") for line in said if line.startswith("A desktop")] == ["lena", "lars", "ines"]
    demo.send_signal(signal.SIGINT)
    rest, errors = demo.communicate(timeout=60)
    assert demo.returncode == 0, rest + errors
    assert [child for child in children if lives(child)] == []


def lives(process: int) -> bool:
    """Whether there still is such a process."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
