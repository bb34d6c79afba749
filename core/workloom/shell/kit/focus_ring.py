"""The ring around what has the focus in a list or tree: always there by keyboard, never by mouse."""

from PyQt6.QtCore import QEvent, QObject, QRect, Qt
from PyQt6.QtGui import QFocusEvent, QPainter, QPen
from PyQt6.QtWidgets import QAbstractItemView

from workloom.shell.kit.tokens import Tokens

RADIUS = 6
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)

_COMES_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The window is in front again, or a menu closed: the ring is as it was."""


class Ring(QObject):
    """Watches a view: whether its focus came by keyboard, or a key was pressed since."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._by_keyboard = False
        view.installEventFilter(self)
        viewport = view.viewport()
        if viewport is not None:
            viewport.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        """Whether the current row or node is to have the ring."""
        return self._by_keyboard and self._view.hasFocus()

    def key_was_pressed(self) -> None:
        """Somebody works by keyboard."""
        self._say(by_keyboard=True)

    def draw(self, painter: QPainter, rect: QRect, tokens: Tokens) -> None:
        """Draw it just inside of what is current."""
        painter.setPen(QPen(tokens.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: focus comes, or the mouse is used."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() not in _COMES_BACK:
                self._say(by_keyboard=event.reason() in _BY_KEYBOARD)
        elif event is not None and event.type() == QEvent.Type.MouseButtonPress:
            self._say(by_keyboard=False)
        return super().eventFilter(watched, event)

    def _say(self, *, by_keyboard: bool) -> None:
        if by_keyboard != self._by_keyboard:
            self._by_keyboard = by_keyboard
            viewport = self._view.viewport()
            if viewport is not None:
                viewport.update()
