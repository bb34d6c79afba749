"""Parts side by side, with an edge between them that is dragged, or moved by the arrow keys."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PyQt6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from workloom.shell.kit.tokens import Tokens
from workloom.shell.words import say

STEP: Final = 16
"""Pixels by which a key moves an edge."""

_STEPS: Final = {
    (Qt.Orientation.Horizontal, Qt.Key.Key_Left): -STEP,
    (Qt.Orientation.Horizontal, Qt.Key.Key_Right): STEP,
    (Qt.Orientation.Vertical, Qt.Key.Key_Up): -STEP,
    (Qt.Orientation.Vertical, Qt.Key.Key_Down): STEP,
}


class Splitter(QSplitter):
    """`edges` names the edges from the left, for who does not see them."""

    def __init__(self, tokens: Tokens, panes: Sequence[QWidget], edges: Sequence[str]) -> None:
        super().__init__()
        self._tokens = tokens
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for pane in panes:
            self.addWidget(pane)
        for number, name in enumerate(edges, start=1):
            edge = self.handle(number)
            assert edge is not None
            edge.setAccessibleName(name)
            edge.setAccessibleDescription(say("The arrow keys move it."))

    def createHandle(self) -> QSplitterHandle:
        """Qt: an edge that takes the keyboard."""
        return Edge(self.orientation(), self, self._tokens)


class Edge(QSplitterHandle):
    """One line; a broad one while it has the keyboard."""

    def __init__(self, orientation: Qt.Orientation, parent: Splitter, tokens: Tokens) -> None:
        super().__init__(orientation, parent)
        self._tokens = tokens
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: the arrow keys move the edge."""
        step = _STEPS.get((self.orientation(), Qt.Key(event.key()))) if event is not None else None
        if step is None:
            super().keyPressEvent(event)
            return
        margins = self.contentsMargins()
        at = self.x() + margins.left() if self.orientation() == Qt.Orientation.Horizontal else self.y() + margins.top()
        self.moveSplitter(at + step)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Qt: it is seen where the keyboard is."""
        super().focusInEvent(event)
        self.clearMask()
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Qt: a thin line again."""
        super().focusOutEvent(event)
        self._thin()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the mask follows the size."""
        super().resizeEvent(event)
        if self.hasFocus():
            self.clearMask()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: the line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._tokens.color("focus" if self.hasFocus() else "line"))
        painter.end()

    def _thin(self) -> None:
        self.setMask(
            QRegion(self.contentsRect())
        )  # as Qt does on each resize: the line is drawn, the margin only grabs
        self.update()
