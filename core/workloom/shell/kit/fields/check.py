"""A box that is ticked."""

from collections.abc import Callable

from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QCheckBox

from workloom.shell.kit.fields.base import FieldBase
from workloom.shell.kit.icons import Icons


class CheckField(FieldBase):
    """A box: `true` or `false`."""

    def __init__(self, icons: Icons, name: str, text: str) -> None:
        self._box = _CheckBox(icons, text)
        super().__init__(self._box, name or text)

    def text(self) -> str:
        """`true` or `false`."""
        return "true" if self._box.isChecked() else "false"

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""
        self._box.setChecked(text == "true")

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back when the person ticks."""
        self._box.clicked.connect(lambda _on: edited())

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person ticks: a tick is a whole edit."""
        self._box.clicked.connect(lambda _on: left())


class _CheckBox(QCheckBox):
    """A check box that draws its tick from our icons."""

    def __init__(self, icons: Icons, text: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._icons = icons

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self.isChecked():
            token = "on-accent" if self.isEnabled() else "muted"
            pixmap = self._icons.pixmap("check", token, 14, self.devicePixelRatioF())
            QPainter(self).drawPixmap(2, (self.height() - 14) // 2, pixmap)
