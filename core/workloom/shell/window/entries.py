"""Entries of the sidebar, drawn by hand: an open item and a view, wide or as a square of the rail."""

import re
from typing import Final

from PyQt6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from workloom.api.ui import Ui
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.window.item_words import ItemWords
from workloom.shell.words import say

RAIL_BUTTON: Final = 40
PILL_TEXT: Final = 14
"""Pixels that the text of a count on the rail has at most."""

NEWS: Final = re.compile(r"([1-9]\d*(?:[,.\s]\d{3})*) \w+")
"""A badge that draws attention to itself, in whatever language: a count and one word, such as `9 new`."""

RADIUS, BAR = 6, 3
ICON = 16


class Entry(QAbstractButton):
    """A row that can be current. `compact` draws only its icon."""

    def __init__(self, kit: Ui, scale: TypeScale, icon: str) -> None:
        super().__init__()
        self._kit, self._scale, self.icon_name = kit, scale, icon
        self.compact = False
        self._over = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_compact(self, compact: bool) -> None:
        """Draw as a square of the rail, or wide."""
        self.compact = compact
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Qt: who is current is decided by the sidebar, not by the click."""

    def wide_height(self) -> int:
        """Height when it is wide."""
        return self._scale.px(32)

    def sizeHint(self) -> QSize:
        """Qt: the size wanted."""
        return QSize(RAIL_BUTTON, RAIL_BUTTON) if self.compact else QSize(200, self.wide_height())

    def enterEvent(self, event: QEnterEvent | None) -> None:
        """Qt: the pointer comes."""
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent | None) -> None:
        """Qt: the pointer goes."""
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: ground, bar, then what the kind of entry draws."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(self._color("selected"))
            painter.drawRoundedRect(around, RADIUS, RADIUS)
            painter.setBrush(self._color("accent-text"))
            painter.drawRect(QRectF(0 if not self.compact else -1, around.y() + 7, BAR, around.height() - 14))
        elif self._over:
            painter.setBrush(self._color("hover"))
            painter.drawRoundedRect(around, RADIUS, RADIUS)
        if self.compact:
            self._paint_icon(painter, QRect((self.width() - ICON) // 2 - 1, (self.height() - ICON) // 2 - 1, 18, 18))
            self._paint_mark(painter)
        else:
            self._paint_wide(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._color("focus"), 2))
            painter.drawRoundedRect(around, RADIUS, RADIUS)
        painter.end()

    def _paint_wide(self, painter: QPainter) -> None:
        """The words of the entry."""

    def _paint_mark(self, painter: QPainter) -> None:
        """What the rail shows at the corner of the icon."""

    def _paint_icon(self, painter: QPainter, where: QRect) -> None:
        token = "accent-text" if self.isChecked() else "muted"
        painter.drawPixmap(where, self._kit.pixmap(self.icon_name, token=token, size=where.width()))

    def _paint_pill(self, painter: QPainter, text: str) -> None:
        font = self._scale.font("meta")
        font.setPixelSize(min(self._scale.px(10), PILL_TEXT))
        painter.setFont(font)
        height = QFontMetrics(font).height() + 2
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + 8)
        where = QRectF(self.width() - width - 1, 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("accent"))
        painter.drawRoundedRect(where, height / 2, height / 2)
        painter.setPen(self._color("on-accent"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)

    def _text(self, painter: QPainter, where: QRect, text: str, role: str, token: str, *, right: bool = False) -> int:
        """Draw a line, cut at the right; returns its width."""
        font = self._scale.font(role)
        painter.setFont(font)
        painter.setPen(self._color(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(where, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return QFontMetrics(font).horizontalAdvance(shown)

    def _color(self, token: str) -> QColor:
        return self._kit.tokens.color(token)


class ItemEntry(Entry):
    """An open item: media icon, subject, contact, time with the agent, and what presses."""

    def __init__(self, kit: Ui, scale: TypeScale, icon: str, words: ItemWords) -> None:
        super().__init__(kit, scale, icon)
        self.words = words

    def show_words(self, words: ItemWords) -> None:
        """Say how things stand now."""
        if words != self.words:
            height, self.words = self.wide_height(), words
            if self.wide_height() != height:
                self.updateGeometry()
            self.update()
        self.setAccessibleName(words.spoken)
        self.setToolTip(f"{words.subject}, {words.contact}" if self.compact else "")

    def wide_height(self) -> int:
        """Qt: a third line when something presses."""
        return self._scale.px(80 if self.words.pressing else 56)

    def _paint_wide(self, painter: QPainter) -> None:
        words, px = self.words, self._scale.px
        left, right, line = 38, self.width() - 10, px(20)
        top = px(8)
        self._paint_icon(painter, QRect(12, top + (line - ICON) // 2, ICON, ICON))
        room = right - left
        if words.new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color("accent-text"))
            painter.drawEllipse(QRectF(right - 8, top + line / 2 - 4, 8, 8))
            room -= 14 + self._text(
                painter, QRect(left, top, room - 14, line), say("New"), "meta", "accent-text", right=True
            )
            room -= 8
        role = "strong" if words.new or self.isChecked() else "button"
        self._text(painter, QRect(left, top, room, line), words.subject, role, "text")
        second = top + line
        taken = self._text(painter, QRect(left, second, right - left, px(16)), words.age, "small", "muted", right=True)
        self._text(painter, QRect(left, second, right - left - taken - 8, px(16)), words.contact, "small", "muted")
        if words.pressing:
            self._paint_badge(painter, QRect(left, second + px(20), right - left, px(20)))

    def _paint_badge(self, painter: QPainter, where: QRect) -> None:
        tone, font = self.words.tone, self._scale.font("meta")
        width = min(where.width(), QFontMetrics(font).horizontalAdvance(self.words.pressing) + 32)
        ground = QRectF(where.x(), where.y(), width, where.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color(f"{tone}-soft"))
        painter.drawRoundedRect(ground, 4, 4)
        icon = "priority:4" if self.words.urgent else "clock"
        painter.drawPixmap(
            where.x() + 6, where.y() + (where.height() - 13) // 2, self._kit.pixmap(icon, token=tone, size=13)
        )
        inside = QRect(where.x() + 24, where.y(), width - 28, where.height())
        self._text(painter, inside, self.words.pressing, "meta", tone)

    def _paint_mark(self, painter: QPainter) -> None:
        if self.words.pressing:
            icon = "priority:4" if self.words.urgent else "clock"
            painter.drawPixmap(self.width() - 17, 2, self._kit.pixmap(icon, token=self.words.tone, size=14))
        elif self.words.new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color("accent"))
            painter.drawEllipse(QRectF(self.width() - 12, 5, 8, 8))


class ViewEntry(Entry):
    """A main view with its badge, such as `9 new`."""

    def __init__(self, kit: Ui, scale: TypeScale, icon: str, title: str, key: str) -> None:
        super().__init__(kit, scale, icon)
        self._title = title
        self._badge = self._news = ""
        self.setToolTip(f"{title} ({key})" if key else title)
        self.set_badge("")

    def set_badge(self, text: str) -> None:
        """Show a text at the right."""
        self._badge = text
        news = NEWS.fullmatch(text)
        self._news = news[1] if news else ""
        self.setAccessibleName(f"{self._title}, {text}" if text else self._title)
        self.update()

    def _paint_wide(self, painter: QPainter) -> None:
        height, right = self.height(), self.width() - 10
        self._paint_icon(painter, QRect(12, (height - ICON) // 2, ICON, ICON))
        taken = 0
        if self._badge:
            loud = bool(self._news)
            look = ("strong", "accent-text") if loud else ("small", "muted")
            taken = self._text(painter, QRect(38, 0, right - 38, height), self._badge, *look, right=True) + 8
        role = "button" if self.isChecked() else "base"
        self._text(painter, QRect(38, 0, right - 38 - taken, height), self._title, role, "text")

    def _paint_mark(self, painter: QPainter) -> None:
        if self._news:
            self._paint_pill(painter, self._news)
