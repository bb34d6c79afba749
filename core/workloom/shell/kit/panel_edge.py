"""The left edge of a panel that stands at the right: dragged, or moved by the arrow keys, it sets the panel's width."""

from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from workloom.shell.kit.kept_size import KeptSize, Sizes
from workloom.shell.kit.splitter import STEP
from workloom.shell.kit.tokens import Tokens, follow
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say

GRAB: Final = 5
"""Pixels that can be grabbed; the line is the first of them."""

_STEPS: Final = {Qt.Key.Key_Left: STEP, Qt.Key.Key_Right: -STEP}


class PanelEdge(QWidget):
    """`workloom.api.ui.PanelEdge`."""

    def __init__(
        self,
        tokens: Tokens,
        scale: TypeScale,
        sizes: Sizes,
        name: str,
        *,
        least: int,
        most: int,
        moved: Callable[[], None],
        kept: str = "",
    ) -> None:
        super().__init__()
        self._tokens, self._scale, self._moved = tokens, scale, moved
        self._least, self._most = least, most
        self._kept = KeptSize(self, sizes, kept or name, "width", scale)
        self._grabbed: tuple[float, int] | None = None
        self.setFixedWidth(GRAB)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(say("Width of {name}", name=name))
        self.setAccessibleDescription(say("The arrow keys move it."))
        self._theme = follow(tokens, self, self.update)

    @property
    def widget(self) -> QWidget:
        """The edge itself."""
        return self

    def chosen(self) -> int:
        """What the person chose, 0 = nothing."""
        chosen = self._kept.or_usual(0)
        return self._within(chosen) if chosen else 0

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: the arrow keys move the edge."""
        step = _STEPS.get(Qt.Key(event.key())) if event is not None else None
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(self._width() + step)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Qt: it is grabbed."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.globalPosition().x(), self._width()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Qt: it is dragged."""
        if event is not None and self._grabbed is not None:
            began, width = self._grabbed
            self._choose(width + round(began - event.globalPosition().x()))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Qt: it is let go."""
        del event
        self._grabbed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Qt: as wide as usual again."""
        del event
        self._kept.choose(0)
        self._moved()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Qt: it is seen where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Qt: a thin line again."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: the line, a broad one while the keyboard is here."""
        painter = QPainter(self)
        if self.hasFocus():
            painter.fillRect(self.rect(), self._tokens.color("focus"))
        else:
            painter.fillRect(QRect(0, 0, 1, self.height()), self._tokens.color("line"))
        painter.end()

    def _width(self) -> int:
        panel = self.parentWidget()
        return panel.width() if panel is not None else 0

    def _choose(self, width: int) -> None:
        self._kept.choose(self._within(width))
        self._moved()

    def _within(self, width: int) -> int:
        return max(self._scale.px(self._least), min(self._scale.px(self._most), width))
