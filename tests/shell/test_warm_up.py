"""What Qt brings is imported on the UI thread only, and what the first window needs before it is asked for."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.bench.processes import ROOT
from workloom.shell.warm_up import MODULES

WATCH = """
import runpy, sys, threading
from importlib.abc import MetaPathFinder

class Watch(MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        of_qt = fullname.startswith(("PyQt6", "workloom.shell"))
        if of_qt and threading.current_thread() is not threading.main_thread():
            print("in the background:", fullname)

sys.meta_path.insert(0, Watch())
sys.argv = ["desktop", sys.argv[1], "main"]
runpy.run_module("tests.bench.programs.desktop", run_name="__main__")
"""


@pytest.mark.parametrize("module", MODULES)
def test_what_is_imported_early_is_there(module: str) -> None:
    import_module(module)


def test_nothing_of_qt_is_imported_in_the_background(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WATCH, str(tmp_path / "data")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=50)
    assert '"painted"' in said.stdout
    assert "in the background" not in said.stdout
