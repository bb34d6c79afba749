"""How rows of a list are drawn: unread in bold with a dot, ticks, icons, the bar of the current row."""

from typing import Protocol

from PyQt6.QtCore import QModelIndex, QRect, QSize, Qt
from PyQt6.QtGui import QFontMetrics, QPainter
from PyQt6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from workloom.api.ui import Cell, Column, Row
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

ROW_HEIGHT = 36
PAD = 8
TICK = 34
LEAD = 46
"""Width left of the first column: tick box, then unread dot and the row's icon."""

BOX = 16
ICON_ROOM = 21
BUTTON_HEIGHT, BUTTON_PAD = 26, 10


def lead_of(*, checkable: bool) -> int:
    """What stands before the text of the leftmost column: the box, the dot and the icon."""
    return PAD + (TICK if checkable else 0) + LEAD - 14


_TONES = {"": "text", "accent": "accent-text", "strong": "text"}


class ListState(Protocol):
    """What the delegate must know of the list."""

    checkable: bool

    def row_at(self, index: int) -> Row | None: ...
    def column_at(self, index: int) -> Column: ...
    def is_ticked(self, row: str) -> bool: ...
    def first_visual(self) -> int: ...
    def current_row(self) -> int: ...
    def hovered_row(self) -> int: ...


class RowDelegate(QStyledItemDelegate):
    """Draws cells from the rows that the model holds."""

    def __init__(self, state: ListState, tokens: Tokens, icons: Icons, scale: TypeScale) -> None:
        super().__init__()
        self._state, self._tokens, self._icons, self._scale = state, tokens, icons, scale
        self.take_fonts()

    def take_fonts(self) -> None:
        """The fonts of the text size in force."""
        scale = self._scale
        self._fonts = {False: scale.font("base"), True: scale.font("strong")}
        self._button_font = scale.font("button")
        self._metrics = {bold: QFontMetrics(font) for bold, font in self._fonts.items()}
        self._button_metrics = QFontMetrics(self._button_font)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Qt: all rows are alike."""
        return QSize(80, self._scale.px(ROW_HEIGHT))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Qt: draw one cell."""
        if painter is None:
            return
        painter.save()
        row = self._state.row_at(index.row())
        rect = QRect(option.rect)
        ticked = row is not None and self._state.is_ticked(row.id)
        current = self._state.current_row() == index.row()
        hovered = self._state.hovered_row() == index.row()
        ground = "selected" if ticked or current else "hover" if hovered else ""
        if ground:
            painter.fillRect(rect, self._tokens.color(ground))
        painter.setPen(self._tokens.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == self._state.first_visual():
            if current:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._tokens.color("accent"))
            rect = self._lead(painter, rect, row, ticked)
        if row is not None:
            self._cell(painter, rect, row, self._state.column_at(index.column()))
        painter.restore()

    def _lead(self, painter: QPainter, rect: QRect, row: Row | None, ticked: bool) -> QRect:
        left = rect.left() + PAD
        middle = rect.center().y()
        if self._state.checkable:
            draw_box(painter, self._tokens, self._icons, left + 4, middle, "check" if ticked else "")
            left += TICK
        if row is not None and row.unread:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.color("accent"))
            painter.drawEllipse(QRect(left, middle - 3, 7, 7))
        if row is not None and row.icon:
            self._icon(painter, row.icon, "muted", left + 14, middle)
        return QRect(left + LEAD - 14, rect.top(), rect.right() - left - LEAD + 14, rect.height())

    def _cell(self, painter: QPainter, rect: QRect, row: Row, column: Column) -> None:
        cell = row.cells.get(column.key, _EMPTY)
        if cell.button:
            self._button(painter, self.button_rect(rect, cell, column), cell)
            return
        token = _TONES.get(cell.tone, cell.tone)
        room = rect.adjusted(PAD, 0, -PAD, -1)
        painter.setFont(self._fonts[_is_bold(cell, row.unread)])
        if cell.icon:
            left = room.left()
            if column.align == "right":
                left = max(left, room.right() - painter.fontMetrics().horizontalAdvance(cell.text) - ICON_ROOM)
            self._icon(painter, cell.icon, token if cell.tone else "text", left, rect.center().y())
            room.setLeft(left + ICON_ROOM)
        painter.setPen(self._tokens.color(token))
        align = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def button_rect(self, rect: QRect, cell: Cell, column: Column) -> QRect:
        """Where the button of a cell stands."""
        width = self._button_metrics.horizontalAdvance(cell.text) + 2 * BUTTON_PAD + (ICON_ROOM if cell.icon else 0)
        height = self._scale.px(BUTTON_HEIGHT)
        left = rect.right() - PAD - width if column.align == "right" else rect.left() + PAD
        return QRect(left, rect.center().y() - height // 2, width, height)

    def text_width(self, cell: Cell, unread: bool) -> int:
        """What a cell needs so that nothing of it is cut off."""
        if not cell.text:
            return 0
        metrics = self._button_metrics if cell.button else self._metrics[_is_bold(cell, unread)]
        width = metrics.horizontalAdvance(cell.text) + 2 * PAD + (ICON_ROOM if cell.icon else 0)
        return width + (2 * BUTTON_PAD if cell.button else 1)

    def _button(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._tokens.color("menu-line"))
        painter.setBrush(self._tokens.color("raised"))
        painter.drawRoundedRect(rect, 6, 6)
        left = rect.left() + BUTTON_PAD
        if cell.icon:
            self._icon(painter, cell.icon, "text", left, rect.center().y())
            left += ICON_ROOM
        painter.setFont(self._button_font)
        painter.setPen(self._tokens.color("text"))
        painter.drawText(rect.adjusted(left - rect.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, cell.text)

    def _icon(self, painter: QPainter, name: str, token: str, left: int, middle: int) -> None:
        device = painter.device()
        pixmap = self._icons.pixmap(name, token, 16, device.devicePixelRatioF() if device else 1.0)
        painter.drawPixmap(left, middle - 8, pixmap)


_EMPTY = Cell(text="")


def _is_bold(cell: Cell, unread: bool) -> bool:
    """What is new stands out by its words; muted and signal colours say enough."""
    return unread and not cell.tone


def draw_box(painter: QPainter, tokens: Tokens, icons: Icons, left: int, middle: int, mark: str) -> None:
    """A tick box; `mark`: the icon in it, empty = it is not ticked."""
    box = QRect(left, middle - BOX // 2, BOX, BOX)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(tokens.color("accent" if mark else "line-strong"))
    painter.setBrush(tokens.color("accent" if mark else "field"))
    painter.drawRoundedRect(box, 4, 4)
    if mark:
        device = painter.device()
        pixmap = icons.pixmap(mark, "on-accent", 14, device.devicePixelRatioF() if device else 1.0)
        painter.drawPixmap(box.left() + 1, box.top() + 1, pixmap)
