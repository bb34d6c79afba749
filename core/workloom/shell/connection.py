"""The way to the service: opened in the background while the login page is on the screen already."""

import gc
from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal

from workloom.domain.errors import WorkloomError
from workloom.domain.site import SiteInfo
from workloom.shell.later import later
from workloom.shell.operations import Operations, Read
from workloom.shell.ports import OpenBackend, Opened
from workloom.shell.warm_up import WarmUp

WARM_UP_AFTER: Final = 300
"""Milliseconds for which the imports of the window let those of the service go first: two threads that import at once
need much longer than one after the other (decision 35). Where opening takes longer, it waits for a disk or network."""


class Connection(QObject):
    """One for the process. `opened` and `failed` come on the UI thread."""

    opened = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, operations: Operations, open_backend: OpenBackend) -> None:
        super().__init__()
        self._operations, self._open_backend = operations, open_backend
        self._opened: Opened | None = None
        self.info: SiteInfo | None = None
        self.error: WorkloomError | None = None
        self._opening = False
        self._warm_up = WarmUp(self)

    @property
    def is_open(self) -> bool:
        """Whether the service can be asked."""
        return self._opened is not None

    @property
    def there(self) -> Opened:
        """The open backend and the plugins."""
        assert self._opened is not None, "the connection is not open"
        return self._opened

    def open(self) -> None:
        """Open it, or try again; does nothing while it is under way or done."""
        if self._opening or self.is_open:
            return
        self._opening, self.error = True, None
        later(self, WARM_UP_AFTER, self._warm_up.start)
        self._operations.start(Read(self._open, self._done, self._refused))

    def when_open(self, then: Callable[[], None]) -> None:
        """Call `then` now or when it is open."""
        if self.is_open:
            then()
            return

        def once() -> None:
            self.opened.disconnect(once)
            then()

        self.opened.connect(once)

    def close(self) -> None:
        """Let go of the service. Blocks."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _open(self) -> tuple[Opened, SiteInfo]:
        opened = self._open_backend()
        try:
            return opened, opened.backend.info()
        except WorkloomError:
            opened.close()
            raise

    def _done(self, result: tuple[Opened, SiteInfo]) -> None:
        self._opening = False
        self._opened, self.info = result
        look_for_garbage()  # before the first plugin, of which nothing may be kept for ever
        self.opened.emit()
        self._warm_up.start()
        self._operations.start(Read(self.there.plugins.load, lambda _none: None, self.failed.emit))

    def _refused(self, error: WorkloomError) -> None:
        self._opening, self.error = False, error
        look_for_garbage()
        self.failed.emit(error)


def look_for_garbage() -> None:
    """Where the program has put that off while it starts: from now on, and never among what has been made by now."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
