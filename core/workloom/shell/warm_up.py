"""Imports what a window needs after the login page, a little at a time, on the UI thread while it has nothing to do.

Never in the background: PyQt fills its classes when they are first looked at, with Python code in between, so two
threads that do it at once can find a class half filled, or crash.
"""

from importlib import import_module
from typing import Final

from PyQt6.QtCore import QObject, QTimer

MODULES: Final = (
    "PyQt6.QtSvg",
    *(f"workloom.shell.{name}" for name in ("offers.desk", "notices.board", "window.workspace", "desk_keys", "desk")),
    *(f"workloom.shell.{name}" for name in ("pump", "session", "settings_menu")),
    *(
        f"workloom.shell.kit.{name}"
        for name in ("fields", "toolbar", "tree", "table", "tabs", "facts", "item_panel", "list_panes", "empty")
    ),
)
"""What the desk needs, then what the kit imports when a plugin first asks for it."""


class WarmUp(QObject):
    """Imports one module at each turn of the event loop, once `start` was called."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(reversed(MODULES))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    def start(self) -> None:
        """Begin; does nothing when all is there."""
        if self._left:
            self._timer.start(0)

    def _step(self) -> None:
        if self._left:
            import_module(self._left.pop())
        else:
            self._timer.stop()
