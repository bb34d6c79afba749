"""A value that is only read: plain text on the baseline of the fields, which can be selected and copied."""

from collections.abc import Callable

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLineEdit

from workloom.shell.kit.buttons import icon_button
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import plain_tooltip
from workloom.shell.words import say

TEXT_INSET, ICON_GAP = 12, 2


class ReadValue(QLineEdit):
    """Its link, if it has one, is an icon button right behind the text."""

    def __init__(self, icons: Icons, name: str) -> None:
        super().__init__()
        self._opened: Callable[[], None] | None = None
        self.setReadOnly(True)
        self.setProperty("read", True)
        self.setAccessibleName(name)
        self._link = icon_button(icons, "external-link", say("Open {name} in the browser", name=name), "", self._open)
        self._link.setObjectName("link")
        self._link.setParent(self)
        self._link.hide()

    def show_text(self, text: str) -> None:
        """Show another value."""
        self.setText(text)
        self.setCursorPosition(0)
        self._place()

    def set_link(self, opened: Callable[[], None] | None, tip: str) -> None:
        """Call `opened` when the icon is pressed; None takes it away."""
        self._opened = opened
        self._link.setVisible(opened is not None)
        self._link.setToolTip(plain_tooltip(tip or self._link.accessibleName()))
        self._place()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        side = min(28, self.height())
        left = TEXT_INSET + self.fontMetrics().horizontalAdvance(self.text()) + ICON_GAP
        self._link.setGeometry(max(0, min(left, self.width() - side)), (self.height() - side) // 2, side, side)

    def _open(self) -> None:
        if self._opened is not None:
            self._opened()
