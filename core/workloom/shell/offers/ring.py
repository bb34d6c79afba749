"""The ring of a toast: how much time is left, as an arc and a number."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from workloom.api.ui import Ui
from workloom.shell.offers.countdown import DANGER
from workloom.shell.words import say

SIZE, STROKE, DIGITS = 40, 3, 11
USUAL = 13
"""Size of the base font at the usual text size: the ring grows with it."""

FULL = 360 * 16


class Ring(QWidget):
    """Shows a share and seconds; below five it is danger-coloured."""

    def __init__(self, kit: Ui) -> None:
        super().__init__()
        self._kit = kit
        self._share = 1.0
        self._seconds = 0
        self._grown = max(1.0, self.font().pixelSize() / USUAL)
        side = round(SIZE * self._grown)
        self.setFixedSize(side, side)

    def show_left(self, share: float, seconds: int) -> None:
        """Draw this much."""
        if seconds != self._seconds:
            self.setAccessibleName(say("{seconds} seconds left", seconds=seconds))
        self._share, self._seconds = share, seconds
        self.update()

    @property
    def is_danger(self) -> bool:
        """Whether there is hardly any time left."""
        return self._seconds < DANGER

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The ring."""
        tokens = self._kit.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.rect()).adjusted(STROKE, STROKE, -STROKE, -STROKE)
        painter.setPen(QPen(tokens.color("line"), STROKE))
        painter.drawEllipse(around)
        danger = self.is_danger
        pen = QPen(tokens.color("danger" if danger else "accent-text"), STROKE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(around, 90 * 16, int(self._share * FULL))
        painter.setPen(tokens.color("danger" if danger else "text"))
        font = self.font()
        font.setPixelSize(round(DIGITS * self._grown))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, f"{self._seconds} s")
        painter.end()
