"""Something to be done a little later, unless its owner has gone by then."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer


def later(owner: QObject, milliseconds: int, run: Callable[[], None]) -> None:
    """Call `run` on the UI thread after some milliseconds; never when `owner` was deleted before."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(run)
    timer.timeout.connect(timer.deleteLater)
    timer.start(milliseconds)
