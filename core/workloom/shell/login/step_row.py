"""The line above the steps: who, then place and channels."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workloom.shell.kit.kit import Kit
from workloom.shell.kit.labels import restyle
from workloom.shell.words import say

DISC = 16


class StepRow(QWidget):
    """`① Lena Hofer —— ② Place and channels      Step 2 of 2`."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._marks = (_Mark(kit, "1"), _Mark(kit, "2"))
        self._words = (kit.label("", "strong"), kit.label(say("Place and channels"), "strong"))
        line = kit.line()
        line.setFixedWidth(32)
        self._count = kit.label("", "small")
        row.addWidget(self._marks[0])
        row.addWidget(self._words[0])
        row.addSpacing(6)
        row.addWidget(line)
        row.addSpacing(6)
        row.addWidget(self._marks[1])
        row.addWidget(self._words[1])
        row.addStretch(1)
        row.addWidget(self._count)
        self.show_step(1)

    def show_step(self, number: int, person: str = "") -> None:
        """Mark the step that is current."""
        self._step = max(number, 1)
        second = number > 1
        self._words[0].setText(person or say("Who you are"))
        self._marks[0].show_state("done" if second else "current")
        self._marks[1].show_state("current" if second else "next")
        for words, tone in zip(self._words, ("success" if second else "", "" if second else "muted"), strict=True):
            words.setProperty("tone", tone)
            restyle(words)
        self._count.setText(say("Step {number} of 2", number=number))
        self._fit()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: in a narrow window the count goes first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The words of the other step go next: its mark is enough."""
        needed = 4 * 6 + 2 * DISC + 32 + 24 + sum(words.sizeHint().width() for words in self._words)
        self._count.setVisible(self.width() >= needed + self._count.sizeHint().width())
        for number, words in enumerate(self._words, 1):
            words.setVisible(number == self._step or self.width() >= needed)


class _Mark(QWidget):
    """The number of a step on a disc; a tick when the step is done."""

    def __init__(self, kit: Kit, number: str) -> None:
        super().__init__()
        self._kit, self._number, self._state = kit, number, "next"
        self.setFixedSize(DISC, DISC)

    def show_state(self, state: str) -> None:
        """`done`, `current` or `next`."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: draw."""
        painter = QPainter(self)
        if self._state == "done":
            painter.drawPixmap(0, 0, self._kit.pixmap("circle-check", token="success", size=DISC))
            painter.end()
            return
        current = self._state == "current"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._kit.tokens.color("accent" if current else "neutral-soft"))
        painter.drawEllipse(QRectF(0, 0, DISC, DISC))
        font = self._kit.scale.font("meta")
        font.setPixelSize(10)
        painter.setFont(font)
        painter.setPen(self._kit.tokens.color("on-accent" if current else "muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._number)
        painter.end()
