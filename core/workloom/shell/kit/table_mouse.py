"""The pointer over a list: the box that ticks, cells that are buttons, and the row that is marked."""

from collections.abc import Callable

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QTableView

from workloom.shell.kit.table_delegate import PAD, TICK, RowDelegate
from workloom.shell.kit.table_model import PagedModel
from workloom.shell.kit.table_ticks import Ticks


class TableMouse:
    """`first()` is the leftmost column, before which the boxes stand; `pressed(row, column)` is told of a cell that is
    drawn as a button; `hovered` is the row under the pointer, -1 = none.
    """

    def __init__(
        self,
        view: QTableView,
        model: PagedModel,
        ticks: Ticks,
        delegate: RowDelegate,
        *,
        first: Callable[[], int],
        pressed: Callable[[str, str], None],
    ) -> None:
        self._view, self._model, self._ticks, self._delegate = view, model, ticks, delegate
        self._first, self._pressed = first, pressed
        self.hovered = -1

    def ticks(self, event: QMouseEvent) -> bool:
        """Tick the row whose box was clicked, with Shift all up to it; False if it was no box."""
        if not self.in_box(event.pos()):
            return False
        index = self._view.indexAt(event.pos()).row()
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._ticks.extend(index) if extend else self._ticks.toggle(index)
        return True

    def press(self, event: QMouseEvent) -> None:
        """Tell of a button that was clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        index = self._view.indexAt(event.pos())
        row = self._model.row(index.row()) if index.isValid() else None
        if row is None:
            return
        column = self._model.columns[index.column()]
        cell = row.cells.get(column.key)
        if cell is None or not cell.button:
            return
        if self._delegate.button_rect(self._view.visualRect(index), cell, column).contains(event.pos()):
            self._pressed(row.id, column.key)

    def hover(self, row: int) -> None:
        """The pointer is over a row, -1 = over none."""
        if row != self.hovered:
            self.hovered = row
            viewport = self._view.viewport()
            if viewport is not None:
                viewport.update()

    def in_box(self, point: QPoint) -> bool:
        """Whether a point is in the box that ticks a row."""
        index = self._view.indexAt(point)
        if not index.isValid() or index.column() != self._first():
            return False
        return point.x() - self._view.visualRect(index).left() < PAD + TICK - 6
