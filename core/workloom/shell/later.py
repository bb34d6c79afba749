"""Something to be done a little later, unless its owner has gone by then."""

from collections.abc import Callable

from PyQt6 import sip
from PyQt6.QtCore import QObject, QTimer


class _Later(QTimer):
    """Of a method Qt keeps a weak reference; a function it may call after the garbage collector has emptied it."""

    def __init__(self, owner: QObject, run: Callable[[], None]) -> None:
        super().__init__(owner)
        self._run: Callable[[], None] | None = run
        self.setSingleShot(True)
        self.timeout.connect(self._over)

    def _over(self) -> None:
        run = self._run
        self.forget()
        if run is not None:
            run()

    def forget(self) -> None:
        """Never call it, and keep nothing of it. A second call does nothing."""
        if self._run is not None:
            self._run = None
            if not sip.isdeleted(self):
                self.stop()
                self.deleteLater()


def later(owner: QObject, milliseconds: int, run: Callable[[], None]) -> Callable[[], None]:
    """Call `run` on the UI thread after some milliseconds; never when `owner` was deleted before.

    Returns what forgets it, with all that it holds.
    """
    it = _Later(owner, run)
    it.start(milliseconds)
    return it.forget
