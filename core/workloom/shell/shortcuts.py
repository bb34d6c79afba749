"""Keys of a window, bound to what they do and bound anew when people change them."""

from collections.abc import Callable, Mapping

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QWidget

from workloom.shell.keymap import KeyRow, in_effect


class Shortcuts:
    """Rows of the keyboard map with what they run, in one window."""

    def __init__(self, window: QWidget, changed: Callable[[], Mapping[str, str]]) -> None:
        self._window = window
        self._changed = changed
        self._rows: dict[str, tuple[KeyRow, Callable[[], None]]] = {}
        self._bound: dict[str, list[QShortcut]] = {}

    def bind(self, row: KeyRow, run: Callable[[], None]) -> Callable[[], None]:
        """Let the keys of a row run something; returns its undo."""
        self._rows[row.id] = (row, run)
        self._press(row.id)
        return lambda: self.unbind(row.id)

    def rows(self) -> tuple[KeyRow, ...]:
        """All rows that are bound."""
        return tuple(row for row, _run in self._rows.values())

    def key_of(self, row: str) -> str:
        """The first key in effect of a row, empty = none."""
        found = self._rows.get(row)
        keys = in_effect(found[0], self._changed()) if found else ()
        return keys[0] if keys else ""

    def renew(self) -> None:
        """People have changed keys."""
        for row in self._rows:
            self._press(row)

    def clear(self) -> None:
        """Take all keys away."""
        for row in tuple(self._rows):
            self.unbind(row)

    def _press(self, row: str) -> None:
        self._release(row)
        declared, run = self._rows[row]
        self._bound[row] = []
        for keys in in_effect(declared, self._changed()):
            shortcut = QShortcut(QKeySequence(keys), self._window)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(run)
            self._bound[row].append(shortcut)

    def _release(self, row: str) -> None:
        for shortcut in self._bound.pop(row, []):
            shortcut.setEnabled(False)
            shortcut.deleteLater()

    def unbind(self, row: str) -> None:
        """Take the keys of a row away."""
        self._release(row)
        self._rows.pop(row, None)
