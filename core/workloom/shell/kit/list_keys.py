"""Keys that people have changed in lists: a list is told the usual key for the one that was pressed."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtGui import QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QApplication, QWidget


class ListKeys(QObject):
    """Watches a list. `usual(keys)` gives the key that the list knows, the same, or nothing."""

    def __init__(self, watched: QWidget, usual: Callable[[str], str]) -> None:
        super().__init__(watched)
        self._usual = usual
        self._telling = False
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: press the usual key in place of the one that was pressed."""
        if self._telling or watched is None or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        pressed = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        wanted = self._usual(pressed)
        if wanted == pressed:
            return False
        if wanted:
            combination = QKeySequence(wanted)[0]
            text = wanted if len(wanted) == 1 else ""
            told = QKeyEvent(event.type(), combination.key(), combination.keyboardModifiers(), text)
            self._telling = True
            try:
                QApplication.sendEvent(watched, told)
            finally:
                self._telling = False
        return True
