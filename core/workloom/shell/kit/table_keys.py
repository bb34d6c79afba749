"""The keys of a list: J and K, Enter, X, Esc … and the letters that its owner gives it."""

from collections.abc import Callable
from typing import Protocol

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

from workloom.shell.kit.table_model import PagedModel
from workloom.shell.kit.table_ticks import Ticks

_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
AHEAD = 20
"""Rows beyond the current one that should be here before somebody steps there."""

_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TICK = (Qt.Key.Key_X, Qt.Key.Key_Space)
_CONTROL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class KeyedList(Protocol):
    """What the keys need of the list."""

    checkable: bool

    def current_row(self) -> int: ...
    def go_to(self, row: int) -> None: ...
    def open_current(self) -> None: ...


class TableKeys:
    """`letters` work alone, without Ctrl or Alt."""

    def __init__(self, view: KeyedList, model: PagedModel, ticks: Ticks) -> None:
        self._view, self._model, self._ticks = view, model, ticks
        self.letters: dict[str, Callable[[], None]] = {}

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; False if it means nothing here."""
        key, held = event.key(), event.modifiers()
        if held & (_CONTROL | _ALT):
            if key != Qt.Key.Key_A or held != _CONTROL or not self._view.checkable:
                return False
            self._ticks.add_all()
        elif key in _STEPS:
            self._step(_STEPS[Qt.Key(key)], extend=bool(held & _SHIFT) and self._view.checkable)
        elif key in _OPEN:
            self._view.open_current()
        elif key in _TICK and self._view.checkable:
            self._ticks.toggle(self._view.current_row())
        elif key == Qt.Key.Key_Escape and len(self._ticks):
            self._ticks.clear()
        elif key == Qt.Key.Key_Home:
            self._view.go_to(0)
        elif key == Qt.Key.Key_End:
            self._view.go_to(self._model.total - 1)
        elif event.text() and event.text().upper() in self.letters:
            self.letters[event.text().upper()]()
        else:
            return False
        return True

    def _step(self, by: int, *, extend: bool) -> None:
        here = self._view.current_row()
        target = min(max(here + by, 0), self._model.total - 1)
        if extend and here >= 0:
            self._ticks.add((here, target))
        self._view.go_to(target)
        ahead = target + by * AHEAD
        if 0 <= ahead < self._model.total:
            self._model.touch(ahead)
