"""Start to a usable login page, and memory there, against a bare window: new processes in turn, warm cache."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure, against

RUNS = 9
ROOT = Path(__file__).parents[2]
BARE = (sys.executable, "-m", "tests.bench.bare_window")


def one(command: Sequence[str]) -> tuple[float, float]:
    """Milliseconds from the start of a process to the painted key, and MiB resident then."""
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    painted, resident = done.stdout.split()[:2]
    return (float(painted) - begun) * 1000, float(resident) / 1024


def measure() -> list[Figure]:
    """The figures of the start."""
    with tempfile.TemporaryDirectory(prefix="workloom-bench-") as folder:
        ours = (sys.executable, "-m", "tests.bench.our_login", folder)
        one(ours)
        one(BARE)
        pairs = [(one(ours), one(BARE)) for _run in range(RUNS)]
    start = against(
        "start to usable login",
        [mine[0] for mine, _bare in pairs],
        [bare[0] for _mine, bare in pairs],
        unit="ms",
        goal=3.5,
    )
    memory = against(
        "resident memory at the login page",
        [mine[1] for mine, _bare in pairs],
        [bare[1] for _mine, bare in pairs],
        unit="MiB",
        goal=2.0,
    )
    return [start, memory]
