"""Something to be done a little later, unless its owner has gone by then."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer


class _Later(QTimer):
    """Of a method Qt keeps a weak reference; a function it may call after the garbage collector has emptied it."""

    def __init__(self, owner: QObject, run: Callable[[], None]) -> None:
        super().__init__(owner)
        self._run = run
        self.setSingleShot(True)
        self.timeout.connect(self._over)

    def _over(self) -> None:
        self.deleteLater()
        self._run()


def later(owner: QObject, milliseconds: int, run: Callable[[], None]) -> None:
    """Call `run` on the UI thread after some milliseconds; never when `owner` was deleted before."""
    _Later(owner, run).start(milliseconds)
