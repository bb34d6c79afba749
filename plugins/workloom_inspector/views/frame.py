"""A list with its head at the left, and what belongs to the current row at the right, which gives way first."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workloom.api.ui import Ui

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
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(ui.label(title, "panel-title"))
        first.addWidget(count)
        first.addStretch(1)
        for action in actions:
            first.addWidget(action)
        second = QHBoxLayout()
        second.setSpacing(10)
        for widget in filters:
            second.addWidget(widget, 1 if widget is filters[-1] else 0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(10)
        head.addLayout(first)
        head.addLayout(second)
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
        row.addWidget(left, 1)
        row.addWidget(ui.line(vertical=True))
        row.addWidget(panel)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._panel.setFixedWidth(max(NARROW_PANEL, min(PANEL, self.width() - LIST)))
