"""The header of a list: titles of the columns with an arrow at the one that sorts."""

from typing import Protocol

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QHeaderView, QStyleOptionHeader, QTableView

from workloom.api.ui import Column
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.table_delegate import LEAD, PAD, TICK
from workloom.shell.kit.type_scale import TypeScale

HEADER_HEIGHT = 32


class SortState(Protocol):
    """What the header must know of the list."""

    checkable: bool

    def column_at(self, index: int) -> Column: ...
    def first_visual(self) -> int: ...
    def sorting(self) -> tuple[str, bool]: ...
    def sort_on(self, column: int) -> None: ...


class Header(QHeaderView):
    """Titles of the columns with an arrow at the one that sorts."""

    def __init__(self, parent: QTableView, table: SortState, icons: Icons, scale: TypeScale) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table, self._icons, self._font, self._height = table, icons, scale.font("small"), scale.px(HEADER_HEIGHT)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(table.sort_on)

    def viewport_update(self) -> None:
        """Draw again."""
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

    def sizeHint(self) -> QSize:
        """Qt: 32 high."""
        return QSize(super().sizeHint().width(), self._height)

    def paintSection(self, painter: QPainter | None, rect: QRect, logicalIndex: int) -> None:
        """Qt: a title, indented over the first column as its rows are."""
        if painter is None:
            return
        option = QStyleOptionHeader()
        self.initStyleOption(option)
        palette = self.palette()
        painter.fillRect(rect, palette.color(palette.ColorRole.AlternateBase))
        painter.setPen(palette.color(palette.ColorRole.Mid))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = self._table.column_at(logicalIndex)
        first = logicalIndex == self._table.first_visual()
        lead = (TICK if self._table.checkable else 0) + LEAD - 14 + PAD if first else 0
        sort, descending = self._table.sorting()
        sorted_by = bool(column.sort) and column.sort == sort
        painter.setFont(self._font)
        painter.setPen(palette.color(palette.ColorRole.Text if sorted_by else palette.ColorRole.PlaceholderText))
        room = rect.adjusted(PAD + lead, 0, -PAD, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, column.title)
        if sorted_by:
            arrow = self._icons.pixmap("arrow-down" if descending else "arrow-up", "text", 14, self.devicePixelRatioF())
            left = room.left() + painter.fontMetrics().horizontalAdvance(column.title) + 5
            painter.drawPixmap(left, rect.center().y() - 7, arrow)
