"""Programs in new processes, ours and the reference in turn, with everything warm that a second start finds warm."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Seconds that one program may take."""


class Programs:
    """Runs the programs of `tests.bench.programs` over one folder."""

    def __init__(self, folder: Path) -> None:
        self.path = ""
        """A folder on the import path of the programs, with more plugins; empty = none."""
        self.folder = folder
        # Compiled modules are kept, also where the caller's Python writes none: a second start has them.
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(folder / "cache"),
            "PYTHONFAULTHANDLER": "1",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, program: str, *arguments: str, python: Path = Path(sys.executable)) -> dict[str, Any]:
        """What a program said in its one line of JSON, with `begun`, when it was started (monotonic seconds).

        RuntimeError with its last words when it failed.
        """
        begun = time.monotonic()
        done = subprocess.run(
            [python, "-m", f"tests.bench.programs.{program}", *arguments],
            cwd=ROOT,
            env={**self._environment, "PYTHONPATH": self.path} if self.path else self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode or not done.stdout.startswith("{"):
            raise RuntimeError(f"The program {program} ended with {done.returncode}: {done.stderr[-2000:]}")
        return {"begun": begun, **json.loads(done.stdout)}


@contextmanager
def programs() -> Iterator[Programs]:
    """Programs over a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="workloom-bench-") as folder:
        yield Programs(Path(folder))
