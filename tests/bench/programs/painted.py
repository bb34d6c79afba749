"""Types a key and tells when its letter was painted: for a person, that is when a window can be used."""

import sys
import time
from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit

LETTER = "x"
KEEP_OUT = (
    "fastapi", "httpx2", "numpy", "pydantic", "pydantic_settings", "pyqtgraph", "sqlalchemy", "starlette", "websockets",
)  # fmt: skip
"""What a desktop never imports: each of them costs as much as all of its start."""
LATE = ("asyncio", "ctypes", "hashlib", "multiprocessing", "secrets", "ssl")
"""What it imports when it is needed, if ever: not so much, but they bring the libraries of OpenSSL with them."""


class Painted(QObject):
    """Types into a field as soon as Qt runs. `then(instant)` gets the monotonic seconds after the first paint of it."""

    def __init__(self, field: QLineEdit, then: Callable[[float], None]) -> None:
        super().__init__(field)
        self._field, self._then = field, then
        self._typed = False
        field.installEventFilter(self)
        QTimer.singleShot(0, self._type)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the field is about to be painted."""
        if self._typed and event is not None and event.type() == QEvent.Type.Paint and LETTER in self._field.text():
            self._typed = False
            QTimer.singleShot(0, lambda: self._then(time.monotonic()))
        return False

    def _type(self) -> None:
        self._typed = True
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, LETTER)
            QApplication.sendEvent(self._field, event)


def report(painted: float) -> None:
    """Say when the key was painted, what is resident, and what is imported of what must stay out; then leave."""
    import json  # late: the bare window does not pay for it before

    imported, early = ([name for name in names if sys.modules.get(name)] for names in (KEEP_OUT, LATE))
    print(json.dumps({"painted": painted, "resident": resident(), "imported": imported, "early": early}), flush=True)
    QApplication.exit(0)


def resident() -> float:
    """Resident memory of this process in MiB. Linux: what is resident now; elsewhere: the most it ever was."""
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - pathlib would cost the bare window time
            return int(file.read().split()[1]) * resource.getpagesize() / 2**20
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / 2**20 if sys.platform == "darwin" else most / 2**10
