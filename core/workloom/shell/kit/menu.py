"""Menus of the design: icon and words at the left, what is said of them at the right.

The part of an action's text behind a tab stands at the right: a key as caps, a tick where it ends with `TICK`, other
words muted with the action's glyph before them. A screen reader hears the text as a whole.
"""

from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QEvent, QRect, Qt
from PyQt6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QMenu, QStyle, QStyleOption, QStylePainter, QWidget, QWidgetAction

from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import key_parts
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale

TICK: Final = "✓"
ICON, LEFT, TEXT, RIGHT, GAP = 16, 8, 34, 10, 24
"""Pixels: side of an icon, where icons and words begin, what stays free at the right, least room before the tail."""

_KEY, _GLYPH = "menu-key", "menu-glyph"
_ONWARD: Final[dict[int, Qt.Key]] = {
    Qt.Key.Key_Down: Qt.Key.Key_Down,
    Qt.Key.Key_Tab: Qt.Key.Key_Down,
    Qt.Key.Key_Up: Qt.Key.Key_Up,
    Qt.Key.Key_Backtab: Qt.Key.Key_Up,
}
"""Which way a key goes on from a row that cannot be chosen."""


def plain(text: str) -> str:
    """A text as a menu shows it as written: `&` would be a mnemonic, a tab another column."""
    return text.replace("&", "&&").replace("\t", " ")


class Menu(QMenu):
    """A menu that draws its own rows. Widget rows, such as headings, draw themselves."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, parent: QWidget) -> None:
        super().__init__(parent)
        self._tokens, self._icons, self._scale = tokens, icons, scale

    def add(
        self, text: str, icon: str, run: Callable[[], object], *, tail: str = "", key: str = "", glyph: str = ""
    ) -> QAction:
        """One row. `tail` are words at the right, `glyph` an icon before them; `key` is drawn as caps instead."""
        action = QAction(self._words(text, tail or key), self)
        if icon:
            action.setIcon(self._icons.icon(icon, "muted"))
        action.triggered.connect(lambda _checked=False: run())
        self._dress(action, is_key=bool(key) and not tail, glyph=glyph)
        self.addAction(action)
        return action

    def add_menu(self, text: str, icon: str, *, tail: str = "", glyph: str = "") -> "Menu":
        """A row that opens another menu."""
        made = Menu(self._tokens, self._icons, self._scale, self)
        made.setTitle(self._words(text, tail))
        if icon:
            made.setIcon(self._icons.icon(icon, "muted"))
        self.addMenu(made)
        action = made.menuAction()
        assert action is not None
        self._dress(action, is_key=False, glyph=glyph)
        return made

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: a key. Headings are passed over, which Qt would stop at: Enter would do nothing there."""
        super().keyPressEvent(event)
        way = _ONWARD.get(event.key()) if event is not None else None
        if way is None:
            return
        onward = QKeyEvent(QEvent.Type.KeyPress, way, Qt.KeyboardModifier.NoModifier)
        for _each in self.actions():
            if not isinstance(self.activeAction(), QWidgetAction):
                return
            super().keyPressEvent(onward)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: ground and edge, then row by row."""
        painter = QStylePainter(self)
        option = QStyleOption()
        option.initFrom(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelMenu, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for action in self.actions():
            where = self.actionGeometry(action)
            if where.isEmpty() or isinstance(action, QWidgetAction) or not action.isVisible():
                continue
            if action.isSeparator():
                painter.fillRect(where.left(), where.center().y(), where.width(), 1, self._tokens.color("line"))
            else:
                self._paint_row(painter, action, where)
        painter.end()

    def _words(self, text: str, tail: str) -> str:
        return f"{plain(text)}\t{plain(tail)}" if tail else plain(text)

    def _dress(self, action: QAction, *, is_key: bool, glyph: str) -> None:
        action.setProperty(_KEY, is_key)
        action.setProperty(_GLYPH, glyph)
        self.setMinimumWidth(max(self.minimumWidth(), self._needed(action)))

    def _needed(self, action: QAction) -> int:
        text, _, tail = action.text().partition("\t")
        width = TEXT + QFontMetrics(self._scale.font()).horizontalAdvance(text) + RIGHT + 10
        if tail:
            width += GAP + self._tail_width(action, tail)
        return width + (ICON if action.menu() is not None else 0)

    def _tail_width(self, action: QAction, tail: str) -> int:
        if action.property(_KEY):
            meta = QFontMetrics(self._scale.font("meta"))
            return sum(meta.horizontalAdvance(part) + 13 for part in key_parts(tail))
        words = QFontMetrics(self._scale.font("small")).horizontalAdvance(tail.removesuffix(TICK).strip())
        return words + (ICON + 8 if tail.endswith(TICK) else 0) + (ICON + 6 if action.property(_GLYPH) else 0)

    def _paint_row(self, painter: QPainter, action: QAction, where: QRect) -> None:
        if action is self.activeAction() and action.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.color("hover"))
            painter.drawRoundedRect(where, 6, 6)
        ratio, enabled = self.devicePixelRatioF(), action.isEnabled()
        at = QRect(where.left() + LEFT, where.center().y() - ICON // 2 + 1, ICON, ICON)
        if action.isCheckable():
            if action.isChecked():
                painter.drawPixmap(at, self._icons.pixmap("check", "text", ICON, ratio))
        elif not action.icon().isNull():
            action.icon().paint(painter, at)
        text, _, tail = action.text().replace("&&", "&").partition("\t")
        right = where.right() - RIGHT
        if action.menu() is not None:
            arrow = QRect(right - ICON + 2, at.top(), ICON, ICON)
            painter.drawPixmap(arrow, self._icons.pixmap("chevron-right", "muted", ICON, ratio))
            right = arrow.left() - 6
        if tail:
            right = self._paint_tail(painter, action, tail, QRect(where.left(), where.top(), 0, where.height()), right)
        painter.setFont(self._scale.font())
        painter.setPen(self._tokens.color("text" if enabled else "disabled"))
        room = QRect(where.left() + TEXT, where.top(), right - where.left() - TEXT, where.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_tail(self, painter: QPainter, action: QAction, tail: str, row: QRect, right: int) -> int:
        """What stands at the right, up to `right`; returns where it begins."""
        if action.property(_KEY):
            return self._paint_caps(painter, tail, row, right)
        ratio = self.devicePixelRatioF()
        top = row.center().y() - ICON // 2 + 1
        if tail.endswith(TICK):
            tail = tail.removesuffix(TICK).strip()
            painter.drawPixmap(right - ICON, top, self._icons.pixmap("check", "text", ICON, ratio))
            right -= ICON + (8 if tail else 0)
        painter.setFont(self._scale.font("small"))
        glyph = action.property(_GLYPH)
        painter.setPen(self._tokens.color("text" if glyph else "muted"))
        width = painter.fontMetrics().horizontalAdvance(tail)
        words = QRect(right - width, row.top(), width + 1, row.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tail)
        left = words.left()
        if glyph:
            left -= ICON + 6
            painter.drawPixmap(left + 1, top + 1, self._icons.pixmap(glyph, "muted", 14, ratio))
        return left - 8

    def _paint_caps(self, painter: QPainter, key: str, row: QRect, right: int) -> int:
        painter.setFont(self._scale.font("meta"))
        height = painter.fontMetrics().height() + 3
        for part in reversed(key_parts(key)):
            width = painter.fontMetrics().horizontalAdvance(part) + 9
            cap = QRect(right - width, row.center().y() - height // 2 + 1, width, height)
            painter.setBrush(self._tokens.color("window"))
            painter.setPen(QPen(self._tokens.color("menu-line"), 1))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(self._tokens.color("muted"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
            right = cap.left() - 4
        return right - 8
