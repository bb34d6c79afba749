"""The agent's name and state at the foot of the sidebar; opens the status menu."""

from collections.abc import Callable
from datetime import timedelta

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen

from workloom.api.ui import Ui
from workloom.domain.wording import duration, in_seconds
from workloom.shell.kit.labels import initials
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.window.entries import RADIUS, Entry
from workloom.shell.words import say

AVATAR, LARGEST, GLYPH = 32, 36, 16
"""Sides of the disc at 100 % text size, at most (the rail has room for no more), and of the presence on it."""

INITIALS = 0.38
"""Height of the letters as a part of the disc."""


class StatusButton(Entry):
    """Initials with the presence, name, `Ready · 1 h 12 min`."""

    def __init__(self, kit: Ui, scale: TypeScale, on_click: Callable[[], None]) -> None:
        super().__init__(kit, scale, "user-round")
        self._name = self._words = ""
        self._presence = "logged-off"
        self.setCheckable(False)
        self.clicked.connect(lambda _checked: on_click())

    def show_state(self, name: str, presence: str, said: str, lasts: timedelta | None = None) -> None:
        """Say who, how, and for how long. Seconds are not read aloud: each would be a new name."""
        words = f"{said} · {duration(lasts)}" if lasts is not None else said
        if (name, presence, words) == (self._name, self._presence, self._words):
            return
        self._name, self._presence, self._words = name, presence, words
        spoken = said if lasts is not None and in_seconds(lasts) else words
        self.setAccessibleName(say("{name}, {words}, change status", name=name, words=spoken))
        self.setToolTip(f"{name}, {words}" if self.compact else "")
        self.update()

    def wide_height(self) -> int:
        """Two lines and room."""
        return self._scale.px(56)

    def _paint_wide(self, painter: QPainter) -> None:
        px, height = self._scale.px, self.height()
        painter.setBrush(self._color("raised" if self._kit.tokens.dark else "surface"))
        painter.setPen(QPen(self._color("line"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        side = self._side()
        self._paint_avatar(painter, 10, (height - side) // 2)
        left, right = 20 + side, self.width() - 30
        top = (height - px(34)) // 2
        self._text(painter, QRect(left, top, right - left, px(18)), self._name, "button", "text")
        self._text(painter, QRect(left, top + px(17), right - left, px(17)), self._words, "small", "muted")
        where = QRect(self.width() - 26, (height - 16) // 2, 16, 16)
        painter.drawPixmap(where, self._kit.pixmap("chevrons-up-down", token="muted", size=16))

    def _paint_icon(self, painter: QPainter, where: QRect) -> None:
        side = self._side()
        self._paint_avatar(painter, (self.width() - side) // 2, (self.height() - side) // 2)

    def _side(self) -> int:
        return min(self._scale.px(AVATAR), LARGEST)

    def _paint_avatar(self, painter: QPainter, x: int, y: int) -> None:
        side = self._side()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("hover"))
        painter.drawEllipse(QRectF(x, y, side, side))
        where = QRect(x, y, side, side)
        font = self._scale.font("small")
        font.setPixelSize(round(side * INITIALS))
        painter.setFont(font)
        painter.setPen(self._color("text"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, initials(self._name))
        corner = QRect(x + side - GLYPH + 4, y + side - GLYPH + 4, GLYPH, GLYPH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("window"))
        painter.drawEllipse(QRectF(corner).adjusted(-1, -1, 1, 1))
        painter.drawPixmap(corner, self._kit.pixmap(f"presence:{self._presence}", size=GLYPH))
