"""A list with its head at the left, and what belongs to the current row at the right, which gives way first."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from workloom.api.ui import Ui

LEAST_FILTER = 180
PANEL, NARROW_PANEL, LIST = 400, 376, 640
"""Pixels: how wide the panel is, how narrow it becomes, and what the list has before the panel is made narrower."""


class ListWithPanel(QWidget):
    """Lays out such a view; the panel is as wide as there is room for."""

    def lay_out(
        self,
        ui: Ui,
        title: str,
        count: QLabel,
        *,
        actions: Sequence[QWidget] = (),
        filters: Sequence[QWidget] = (),
        parts: Sequence[tuple[QWidget, int]],
        panel: QWidget,
    ) -> None:
        """`filters`: a row below the title, the last one takes what is left. `parts`: the list and what is below it."""
        self._panel = panel
        filters[-1].setMinimumWidth(LEAST_FILTER)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(10)
        head.addWidget(ui.wrapping(ui.label(title, "panel-title"), count, *actions, grow=count))
        head.addWidget(ui.wrapping(*filters, grow=filters[-1]))
        left = QWidget()
        left.setProperty("ground", "surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        for part, stretch in parts:
            column.addWidget(part, stretch)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        area = QScrollArea()  # what is below a list of large text is scrolled to
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(left)
        row.addWidget(area, 1)
        row.addWidget(ui.line(vertical=True))
        row.addWidget(panel)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._panel.setFixedWidth(max(NARROW_PANEL, min(PANEL, self.width() - LIST)))
