"""Several lines of text."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QSize
from PyQt6.QtWidgets import QPlainTextEdit, QSizePolicy

from workloom.shell.kit.fields.base import FieldBase


class TextArea(FieldBase):
    """Several lines. Tab leaves it."""

    def __init__(self, name: str, lines: int, placeholder: str) -> None:
        self._edit = _TextEdit(lines)
        self._edit.setTabChangesFocus(True)
        self._edit.setPlaceholderText(placeholder)
        self._edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        super().__init__(self._edit, name)
        self._silent = False

    def text(self) -> str:
        """What is in the field."""
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""
        if text == self._edit.toPlainText():
            return
        self._silent = True
        self._edit.setPlainText(text)
        self._silent = False

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back at each edit by the person."""
        self._edit.textChanged.connect(lambda: None if self._silent else edited())


class _TextEdit(QPlainTextEdit):
    """As high as its lines; whoever lays it out may give it more."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self._fit()

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: larger text needs more room."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * self._lines + 18)

    def sizeHint(self) -> QSize:
        """Qt: Qt's own is 192 high."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Qt: the same."""
        return QSize(0, self.minimumHeight())
