"""The icon of a media type on a soft square."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from workloom.api.ui import Ui

SIZE, ICON, RADIUS = 36, 20, 8


class Tile(QWidget):
    """Says nothing to a screen reader: the title names the media type."""

    def __init__(self, kit: Ui, icon: str) -> None:
        super().__init__()
        self._kit, self._icon = kit, icon
        self.setFixedSize(SIZE, SIZE)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._kit.tokens.color("accent-soft"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        edge = (SIZE - ICON) // 2
        painter.drawPixmap(edge, edge, self._kit.pixmap(self._icon, token="accent-text", size=ICON))
        painter.end()
