"""The limit for start and memory: a bare QMainWindow with one field. Prints when a typed key was painted.

Run as a program; prints `<monotonic seconds> <resident KiB>`.
"""

import resource
import sys
import time
from pathlib import Path

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QMainWindow


class Painted(QObject):
    """Reports the first paint after a key was typed, and ends the program."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self.field = field
        self.typed = False

    def type_key(self) -> None:
        """Type one letter, as a person would."""
        self.typed = True
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.field, QKeyEvent(kind, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x"))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the field is about to be painted."""
        if self.typed and event is not None and event.type() == QEvent.Type.Paint and self.field.text():
            QTimer.singleShot(0, report)
        return super().eventFilter(watched, event)


def resident() -> int:
    """Resident memory of this process in KiB."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def report() -> None:
    """Say when and how large, and leave."""
    print(time.monotonic(), resident(), flush=True)
    QApplication.exit(0)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QMainWindow()
    line = QLineEdit()
    window.setCentralWidget(line)
    window.show()
    painted = Painted(line)
    line.installEventFilter(painted)
    QTimer.singleShot(0, painted.type_key)
    sys.exit(application.exec())
