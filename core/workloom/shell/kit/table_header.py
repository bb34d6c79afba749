"""The header of a list: titles of the columns with an arrow at the one that sorts."""

from typing import Protocol

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtGui import QMouseEvent, QPainter
from PyQt6.QtWidgets import QHeaderView, QStyleOptionHeader, QTableView

from workloom.api.ui import Column
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.table_delegate import PAD, TICK, draw_box, lead_of
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

HEADER_HEIGHT = 32
ARROW = 14


class SortState(Protocol):
    """What the header must know of the list."""

    checkable: bool

    def column_at(self, index: int) -> Column: ...
    def sorting(self) -> tuple[str, bool]: ...
    def sort_on(self, column: int) -> None: ...
    def ticked_part(self) -> float: ...
    def tick_all(self, ticked: bool) -> None: ...


class Header(QHeaderView):
    """Titles of the columns with an arrow at the one that sorts; the box before them ticks all rows."""

    def __init__(self, parent: QTableView, table: SortState, tokens: Tokens, icons: Icons, scale: TypeScale) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table, self._tokens, self._icons = table, tokens, icons
        self._scale = scale
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

    def first(self) -> int:
        """The column that stands leftmost."""
        shown = (self.logicalIndex(place) for place in range(self.count()))
        return next((column for column in shown if not self.isSectionHidden(column)), 0)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Qt: a click on the box ticks all rows, or none if any is ticked."""
        if event is not None and self._table.checkable and self._in_box(event.position().x()):
            self._table.tick_all(self._table.ticked_part() == 0)
            return
        super().mousePressEvent(event)

    def _in_box(self, x: float) -> bool:
        return 0 <= x - self.sectionViewportPosition(self.first()) < PAD + TICK - 6

    def sizeHint(self) -> QSize:
        """Qt: 32 high."""
        return QSize(super().sizeHint().width(), self._scale.px(HEADER_HEIGHT))

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
        first = logicalIndex == self.first()
        lead = lead_of(checkable=self._table.checkable) if first else 0
        if first and self._table.checkable:
            part = self._table.ticked_part()
            mark = "check" if part == 1 else "minus" if part else ""
            draw_box(painter, self._tokens, self._icons, rect.left() + PAD + 4, rect.center().y(), mark)
        sort, descending = self._table.sorting()
        sorted_by = bool(column.sort) and column.sort == sort
        painter.setFont(self._scale.font("small"))
        painter.setPen(palette.color(palette.ColorRole.Text if sorted_by else palette.ColorRole.PlaceholderText))
        room = rect.adjusted(PAD + lead, 0, -PAD, 0)
        at_right = column.align == "right"
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | side, column.title)
        if sorted_by:
            arrow = self._icons.pixmap(
                "arrow-down" if descending else "arrow-up", "text", ARROW, self.devicePixelRatioF()
            )
            width = painter.fontMetrics().horizontalAdvance(column.title)
            left = room.right() - width - ARROW - 4 if at_right else room.left() + width + 5
            painter.drawPixmap(left, rect.center().y() - 7, arrow)
