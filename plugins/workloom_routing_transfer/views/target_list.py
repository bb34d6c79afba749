"""The list of targets: headed sections, two-line rows with presence or kind, status and star."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QLineF, QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QMouseEvent, QPainter, QPen, QPolygonF, QStandardItem, QStandardItemModel
from PyQt6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workloom.api import Say, TargetRow, TargetType
from workloom.api.ui import Ui
from workloom_routing_transfer.search import Section

ROW, HEADING, DISC = 44, 26, 28
"""Pixels at the usual text size; larger text makes all of them larger."""

HEIGHT, LEAST_ROWS = 436, 2
"""Pixels that the list takes where there is room, and rows of which it shows so many everywhere."""

USUAL_TEXT = 13
STAR, STAR_RADIUS = 32, 7.5
TEXT = 46
"""Pixels from the left at which the words of a row begin."""

_ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    TargetType.AGENT: "user-round",
    TargetType.GROUP: "users-round",
    TargetType.SKILL: "badge-check",
    TargetType.QUEUE: "list-end",
}


class TargetList(QListView):
    """Targets by section; one is current. `star(row)` is called for a click on a star; without it there are none."""

    def __init__(self, ui: Ui, say: Say, star: Callable[[TargetRow], None] | None) -> None:
        super().__init__()
        self.has_stars = star is not None
        self._star = star
        self._changed: list[Callable[[TargetRow | None], None]] = []
        self._opened: list[Callable[[TargetRow], None]] = []
        self._entries = QStandardItemModel(self)
        self.setModel(self._entries)
        self.setAccessibleName(say("Targets"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { background: transparent }")  # the ground of the pop-up that it lies on
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._delegate = _TargetDelegate(self, ui, say("Not possible"))
        self.setItemDelegate(self._delegate)
        self.setMinimumHeight(LEAST_ROWS * self._delegate.row_height)
        self.setMaximumHeight(HEIGHT)
        self.doubleClicked.connect(self._open)

    def sizeHint(self) -> QSize:
        """Qt: as high as it may be."""
        return QSize(super().sizeHint().width(), HEIGHT)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show these; the current target stays if it is still there, else the first possible one is current."""
        before = self.current()
        self._entries.clear()
        best = -1
        for section in sections:
            heading = QStandardItem(section.title)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self._entries.appendRow(heading)
            for row in section.rows:
                entry = QStandardItem(row.title)
                entry.setData(row, _ROW_ROLE)
                entry.setAccessibleText(
                    ", ".join(part for part in (row.title, row.detail, row.status, row.reason) if part)
                )
                self._entries.appendRow(entry)
                kept = before is not None and row.target == before.target
                if kept or (best < 0 and not row.reason):
                    best = self._entries.rowCount() - 1
        if best >= 0:
            self.setCurrentIndex(self._entries.index(best, 0))
        else:
            self._tell()

    def current(self) -> TargetRow | None:
        """The target that is current."""
        row = self.currentIndex().data(_ROW_ROLE)
        return row if isinstance(row, TargetRow) else None

    def row_at(self, index: QModelIndex) -> TargetRow | None:
        """The target of an index, None for a heading."""
        row = index.data(_ROW_ROLE)
        return row if isinstance(row, TargetRow) else None

    def step(self, by: int) -> None:
        """Go to the next or previous target, over headings."""
        place = self.currentIndex().row() + by
        while 0 <= place < self._entries.rowCount():
            index = self._entries.index(place, 0)
            if self.row_at(index) is not None:
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return
            place += by

    def below_current(self) -> QPoint:
        """Where something opens that belongs to the current target, on the screen."""
        viewport, rect = self.viewport(), self.visualRect(self.currentIndex())
        assert viewport is not None
        return viewport.mapToGlobal(rect.bottomLeft() + QPoint(TEXT, 0))

    def on_current(self, changed: Callable[[TargetRow | None], None]) -> None:
        """Call back when another target is current."""
        self._changed.append(changed)

    def on_open(self, opened: Callable[[TargetRow], None]) -> None:
        """Call back on a double click."""
        self._opened.append(opened)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Qt: another target is current."""
        super().currentChanged(current, previous)
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Qt: a click on the star keeps or drops a favourite."""
        if event is not None and self._star is not None:
            index = self.indexAt(event.pos())
            row = self.row_at(index)
            if row is not None and has_star(row) and event.pos().x() > self.visualRect(index).right() - STAR - 4:
                self._star(row)
                return
        super().mouseReleaseEvent(event)

    def _tell(self) -> None:
        row = self.current()
        for changed in self._changed:
            changed(row)

    def _open(self, index: QModelIndex) -> None:
        row = self.row_at(index)
        if row is not None:
            for opened in self._opened:
                opened(row)


class _TargetDelegate(QStyledItemDelegate):
    def __init__(self, targets: TargetList, ui: Ui, not_possible: str) -> None:
        super().__init__()
        self._targets, self._ui, self._not_possible = targets, ui, not_possible
        self._base, self._small = ui.label(role="base").font(), ui.label(role="small").font()
        self._strong = ui.label(role="strong").font()
        self._larger = max(1.0, self._base.pixelSize() / USUAL_TEXT)
        self.row_height = round(self._larger * ROW)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, self.row_height if self._targets.row_at(index) else round(self._larger * HEADING))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self._targets.row_at(index)
        rect = option.rect.adjusted(0, 0, -2, 0)
        if row is None:
            painter.setFont(self._small)
            painter.setPen(self._ui.tokens.color("muted"))
            painter.drawText(rect.adjusted(6, 4, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data() or ""))
        else:
            current = self._targets.currentIndex() == index
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            if current or hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._ui.tokens.color("selected" if current else "hover"))
                painter.drawRoundedRect(rect, 6, 6)
            self._row(painter, rect, row)
        painter.restore()

    def _row(self, painter: QPainter, rect: QRect, row: TargetRow) -> None:
        tokens = self._ui.tokens
        side = self._larger * DISC
        disc = QRectF(rect.left() + 8, rect.center().y() - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("neutral-soft"))
        if row.target.type is TargetType.AGENT:
            painter.drawEllipse(disc)
            painter.setPen(tokens.color("disabled" if row.reason else "text"))
            painter.setFont(self._small)
            words = row.title.split()
            letters = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, letters)
        else:
            painter.drawRoundedRect(disc, 4, 4)
            icon = self._ui.pixmap(_ICONS[row.target.type], token="disabled" if row.reason else "muted")
            painter.drawPixmap(int(disc.center().x()) - 8, int(disc.center().y()) - 8, icon)
        if row.presence is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("raised"))
            painter.drawEllipse(QRectF(disc.right() - 10, disc.bottom() - 10, 15, 15))
            glyph = self._ui.pixmap(f"presence:{row.presence.value}", size=14)
            painter.drawPixmap(int(disc.right()) - 9, int(disc.bottom()) - 9, glyph)
        right = self._status(painter, rect, row)
        self._texts(
            painter, rect.adjusted(round(disc.right()) - rect.left() + 10, 4, -(rect.right() - right) - 8, -4), row
        )

    def _texts(self, painter: QPainter, room: QRect, row: TargetRow) -> None:
        tokens = self._ui.tokens
        half = room.height() // 2
        painter.setFont(self._strong if not row.reason else self._base)
        painter.setPen(tokens.color("disabled" if row.reason else "text"))
        upper = QRect(room.left(), room.top(), room.width(), half)
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, title)
        # The reason must be readable: it is never written in the colour of what is disabled.
        painter.setFont(self._small)
        painter.setPen(tokens.color("muted"))
        lower = QRect(room.left(), room.top() + half, room.width(), half)
        detail = painter.fontMetrics().elidedText(row.reason or row.detail, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, detail)

    def _status(self, painter: QPainter, rect: QRect, row: TargetRow) -> int:
        tokens = self._ui.tokens
        right = rect.right() - 8
        if self._targets.has_stars and has_star(row):
            token = "warning" if row.favourite else "muted"
            painter.setPen(QPen(tokens.color(token), 1.25, join=Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(tokens.color(token) if row.favourite else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_star(QPointF(right - 10, rect.center().y() + 0.5)))
        if self._targets.has_stars:
            right -= STAR
        painter.setFont(self._base)
        painter.setPen(tokens.color("muted" if row.reason else "text"))
        # What a person is doing says by itself why not; how many of a group are ready does not.
        text = self._not_possible if row.reason and row.presence is None else row.status
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(
            QRect(right - width - 2, rect.top(), width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, text
        )
        return right - width


def has_star(row: TargetRow) -> bool:
    """Whether a row can be kept as a favourite by a click: what cannot be chosen has a star only to drop it."""
    return row.favourite or not row.reason


def _star(middle: QPointF) -> QPolygonF:
    """The outline of a star around this point."""
    radii = (STAR_RADIUS, STAR_RADIUS * 0.42)
    corners = (QLineF.fromPolar(radii[corner % 2], 90 + 36 * corner).p2() for corner in range(10))
    return QPolygonF(middle + corner for corner in corners)
