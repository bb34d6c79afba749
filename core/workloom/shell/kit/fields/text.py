"""One line of text."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QLineEdit

from workloom.shell.kit.fields.base import FieldBase
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

ACTION = 22
"""Pixels that a button at the right end takes."""


class TextField(FieldBase):
    """One line of text; `unit` stands at its right end."""

    def __init__(self, tokens: Tokens, scale: TypeScale, name: str, placeholder: str, unit: str) -> None:
        self._edit = _LineEdit(tokens, scale, unit)
        self._edit.setPlaceholderText(placeholder)
        super().__init__(self._edit, name)
        self._edit.editingFinished.connect(self._finished)
        self._left: list[Callable[[], None]] = []

    def text(self) -> str:
        """What is in the field."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""
        self._edit.setText(text)
        self._edit.setCursorPosition(0)

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back at each edit by the person."""
        self._edit.textEdited.connect(lambda _text: edited())

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person leaves the field or presses Enter."""
        self._left.append(left)

    def _finished(self) -> None:
        for left in self._left:
            left()


class _LineEdit(QLineEdit):
    def __init__(self, tokens: Tokens, scale: TypeScale, unit: str) -> None:
        super().__init__()
        self._tokens, self._unit = tokens, ""
        self.set_unit(unit)

    def set_unit(self, unit: str) -> None:
        """Show another unit, left of what stands at the right end."""
        if unit != self._unit:
            self._unit = unit
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit) + 10, 0)
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setPen(self._tokens.color("muted"))
            right = self.rect().adjusted(0, 0, -9 - ACTION * len(self.actions()), 0)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
            painter.end()
