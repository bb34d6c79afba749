"""New plugins of every kind, and programs that are run on them."""

import os
import subprocess
import sys
from pathlib import Path

from workloom.cli.scaffold import kinds, write_plugin


def run(folder: Path, *command: str) -> str:
    """Run a module in a folder; what it says, which is the failure message as well."""
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environ.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def name_of(kind: str) -> str:
    """The plugin of a kind."""
    return f"zebra_{kind.replace('-', '_')}"


def one_of_each(folder: Path) -> Path:
    """Write a new plugin of each kind into a folder, which is returned."""
    for kind in kinds():
        write_plugin(kind, name_of(kind), folder)
    return folder
