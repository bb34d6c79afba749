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

OPENING = """
import gc, sys, threading, time
from PyQt6.QtWidgets import QApplication
from workloom.shell import connection
from workloom.shell.operations import Operations

class Opened:
    backend = plugins = property(lambda self: self)
    def info(self): ...
    def load(self): ...

def open_backend():
    may_open.wait()
    return Opened()

def is_there():
    return "workloom.shell.desk" in sys.modules

def turn(until, seconds):
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        application.processEvents()
        time.sleep(0.001)
    return until()

application, may_open = QApplication(["test", "-platform", "offscreen"]), threading.Event()
connection.WARM_UP_AFTER = int(sys.argv[1])
if "later" in sys.argv:
    gc.disable()
way = connection.Connection(Operations(), open_backend)
way.open()
if "opened" in sys.argv:
    print("early" if turn(is_there, 0.3) else "waits")
    may_open.set()
print("there" if turn(is_there, 20) else "missing")
may_open.set()
print("looks" if turn(gc.isenabled, 20) else "never looks", gc.get_freeze_count() > 1000)
"""


@pytest.mark.parametrize("module", MODULES)
def test_what_is_imported_early_is_there(module: str) -> None:
    import_module(module)


def test_nothing_of_qt_is_imported_in_the_background(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WATCH, str(tmp_path / "data")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=50)
    assert '"painted"' in said.stdout
    assert "in the background" not in said.stdout


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["60000", "opened"], ["waits", "there", "looks False"]),
        (["60000", "opened", "later"], ["waits", "there", "looks True"]),
        (["20", "later"], ["there", "looks True"]),
    ],
    ids=["opened", "garbage put off", "opening takes long"],
)
def test_what_the_window_needs_is_imported_when_the_service_is_open_or_takes_long(
    arguments: list[str], wanted: list[str]
) -> None:
    command = [sys.executable, "-c", OPENING, *arguments]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=50)
    assert said.stdout.splitlines() == wanted, said.stderr
