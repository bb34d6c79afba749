"""A process that ends while its windows are there: no code of ours runs in the middle of PyQt's own end."""

import os
import subprocess
import sys

WINDOWS = """
import atexit, gc, sys
from PyQt6.QtCore import QEvent, QObject, QTimer
from PyQt6.QtWidgets import QApplication, QWidget
from workloom.shell.process_end import leave_to_the_system

application = QApplication([])
made, ending = [], []


class Filter(QObject):
    def eventFilter(self, watched, event):
        if ending and len(made) < 20_000:
            made.extend(QObject() for _ in range(10_000))
        return False


filter = Filter()
windows = [QWidget() for _ in range(100)]
for window in windows:
    window.installEventFilter(filter)
    window.show()
told = QTimer()
told.destroyed.connect(lambda: print("the timer has gone"))
application.processEvents()
gc.freeze()  # as a desktop does that has started
atexit.register(leave_to_the_system)
ending.append(True)
print("end")
"""
"""As many windows as it takes to end each time with a crash that otherwise comes once in a hundred times."""


def test_a_process_ends_well_though_code_runs_and_makes_objects_when_its_windows_go() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(  # noqa: PLW1510 - the code it ended with is what is tested
        [sys.executable, "-c", WINDOWS], capture_output=True, text=True, timeout=50, env=environment
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "end\nthe timer has gone\n", "")
