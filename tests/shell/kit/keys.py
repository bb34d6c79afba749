"""A keyboard: keys go to the widget as a person's would, also where no window can be in front."""

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press and let go of one key."""
    letter = chr(key) if Qt.Key.Key_Space <= key <= Qt.Key.Key_Z else ""
    _send(widget, key, letter.lower(), held)


def type_text(widget: QWidget, text: str) -> None:
    """Type a text, letter by letter."""
    for letter in text:
        _send(widget, Qt.Key.Key_unknown, letter, NONE)


def _send(widget: QWidget, key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, held, text))
