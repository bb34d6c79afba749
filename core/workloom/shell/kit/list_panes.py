"""The three panes of a list view, laid out by the width of the view."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

EXPLORER, DETAILS = 256, 312
LEAST_EXPLORER, LEAST_DETAILS, LEAST_ITEMS = 200, 280, 420
BESIDE_FROM = 1180
"""Width of the view from which the details stand beside the list; below it they stand under the list."""

EXPLORER_FROM = 1080
SHARE_BELOW = 0.38
"""Part of the height that the details get under the list."""


class ListPanes(QWidget):
    """Explorer (if any), list, details. Edges can be dragged; a change of layout sets them anew."""

    def __init__(self, items: QWidget, details: QWidget, explorer: QWidget | None) -> None:
        super().__init__()
        self._explorer, self._items, self._details = explorer, items, details
        self._shown: list[Callable[[bool], None]] = []
        self._beside: bool | None = None
        self._inner = _splitter(items, details)
        self._inner.setStretchFactor(0, 1)
        self._outer = _splitter(explorer, self._inner) if explorer is not None else self._inner
        self._outer.setStretchFactor(self._outer.count() - 1, 1)
        if explorer is not None:
            explorer.setMinimumWidth(LEAST_EXPLORER)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._outer)

    @property
    def widget(self) -> QWidget:
        """The panes themselves."""
        return self

    def on_explorer(self, shown: Callable[[bool], None]) -> None:
        """Call back when the explorer comes or goes, and at once."""
        self._shown.append(shown)
        shown(self._explorer is not None and not self._explorer.isHidden())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        if self._explorer is not None and self._explorer.isHidden() != (width < EXPLORER_FROM):
            there = width >= EXPLORER_FROM
            self._explorer.setVisible(there)
            if there:
                self._outer.setSizes([EXPLORER, width - EXPLORER])
            for shown in self._shown:
                shown(there)
        beside = width >= BESIDE_FROM
        if beside == self._beside:
            return
        first, self._beside = self._beside is None, beside
        if beside:
            self._inner.setOrientation(Qt.Orientation.Horizontal)
            self._details.setMinimumSize(LEAST_DETAILS, 0)
            self._items.setMinimumSize(LEAST_ITEMS, 0)
            room = width - (EXPLORER if self._explorer is not None else 0)
            self._inner.setSizes([room - DETAILS, DETAILS])
        else:
            self._inner.setOrientation(Qt.Orientation.Vertical)
            self._details.setMinimumSize(0, 120)
            self._items.setMinimumSize(LEAST_ITEMS, 200)
            below = round(self.height() * SHARE_BELOW)
            self._inner.setSizes([self.height() - below, below])
        if first and self._explorer is not None and not self._explorer.isHidden():
            self._outer.setSizes([EXPLORER, width - EXPLORER])


def _splitter(*panes: QWidget) -> QSplitter:
    made = QSplitter()
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    for pane in panes:
        made.addWidget(pane)
    return made
