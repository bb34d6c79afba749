"""Our own glyphs, told apart by shape: presence, priority, the logo and the pattern of the login page."""

from collections.abc import Container

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF

from workloom.shell.kit.tokens import Tokens

_PRESENCE_TOKEN = {
    "ready": "success",
    "not-ready": "warning",
    "after-work": "warning",
    "dnd": "danger",
    "logged-off": "muted",
    "with-agent": "accent-text",
}
_LEVELS = {"1": 1, "2": 2, "3": 3, "4": 4}
_SHAPES: dict[str, Container[str]] = {"presence": _PRESENCE_TOKEN, "priority": _LEVELS, "logo": ("",)}


def draw(painter: QPainter, rect: QRectF, name: str, color: QColor, tokens: Tokens) -> None:
    """Draw `presence:<state>`, `priority:<1-4>` or `logo:` into a square. KeyError if unknown."""
    family, _, shape = name.partition(":")
    if shape not in _SHAPES.get(family, ()):
        raise KeyError(f"There is no glyph named {name!r}.")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if family == "presence":
        _presence(painter, rect, shape, tokens)
    elif family == "priority":
        _priority(painter, rect, _LEVELS[shape], color, tokens)
    else:
        logo(painter, rect, tokens)
    painter.restore()


def _presence(painter: QPainter, rect: QRectF, state: str, tokens: Tokens) -> None:
    color = tokens.color(_PRESENCE_TOKEN[state])
    ground = tokens.color("surface")
    unit = rect.width() / 16
    disc = rect.adjusted(2 * unit, 2 * unit, -2 * unit, -2 * unit)
    ring = disc.adjusted(unit * 0.85, unit * 0.85, -unit * 0.85, -unit * 0.85)
    center = rect.center()
    thick = QPen(color, 1.7 * unit, cap=Qt.PenCapStyle.RoundCap, join=Qt.PenJoinStyle.RoundJoin)
    inner = QPen(ground, 1.7 * unit, cap=Qt.PenCapStyle.RoundCap, join=Qt.PenJoinStyle.RoundJoin)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if state in ("ready", "dnd", "with-agent"):
        painter.drawEllipse(disc)
    if state == "ready":
        painter.setPen(inner)
        painter.drawPolyline(
            QPolygonF([center + QPointF(x * unit, y * unit) for x, y in ((-2.6, 0.1), (-0.8, 1.9), (2.7, -1.7))])
        )
    elif state == "dnd":
        painter.setPen(inner)
        painter.drawLine(center + QPointF(-2.6 * unit, 0), center + QPointF(2.6 * unit, 0))
    elif state == "with-agent":
        painter.setBrush(ground)
        painter.drawEllipse(center, 2.2 * unit, 2.2 * unit)
    else:
        if state == "logged-off":
            thick.setDashPattern([1.1, 1.6])
        painter.setPen(thick)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        if state == "not-ready":
            painter.drawLine(center + QPointF(-2.2 * unit, 0), center + QPointF(2.2 * unit, 0))
        elif state == "after-work":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawPie(ring, 90 * 16, 180 * 16)


def _priority(painter: QPainter, rect: QRectF, level: int, color: QColor, tokens: Tokens) -> None:
    unit = rect.width() / 16
    if level >= 4:
        pen = QPen(color, 1.5 * unit, cap=Qt.PenCapStyle.RoundCap, join=Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        left, top = rect.left(), rect.top()
        points = ((3.5, 14.5), (3.5, 2.5), (12.8, 2.5), (10.8, 5.8), (12.8, 9), (3.5, 9))
        painter.drawPolyline(QPolygonF([QPointF(left + x * unit, top + y * unit) for x, y in points]))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in range(3):
        painter.setBrush(color if bar < level else tokens.color("line-strong").lighter(130 if not tokens.dark else 60))
        height = (4 + 3.5 * bar) * unit
        shape = QRectF(rect.left() + (2 + 4.5 * bar) * unit, rect.bottom() - 2 * unit - height, 3 * unit, height)
        painter.drawRoundedRect(shape, unit * 0.8, unit * 0.8)


def logo(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """Workloom's mark: a woven square on the accent."""
    unit = rect.width() / 16
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color("accent"))
    painter.drawRoundedRect(rect, 4 * unit, 4 * unit)
    pen = QPen(tokens.color("on-accent"), 1.35 * unit, cap=Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    left, top = rect.left(), rect.top()
    for index, x in enumerate((4.5, 8.0, 11.5)):
        breaks = ((3.2, 4.6), (7.4, 12.8)) if index % 2 else ((3.2, 8.6), (11.4, 12.8))
        for start, end in breaks:
            painter.drawLine(QPointF(left + x * unit, top + start * unit), QPointF(left + x * unit, top + end * unit))
    for index, y in enumerate((6.0, 10.0)):
        gaps: tuple[tuple[float, float], ...] = (
            ((3.2, 6.4), (9.6, 12.8)) if index % 2 else ((3.2, 3.4), (6.2, 9.8), (12.6, 12.8))
        )
        for start, end in gaps:
            painter.drawLine(QPointF(left + start * unit, top + y * unit), QPointF(left + end * unit, top + y * unit))


def weave(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """The pattern of the login page: threads over and under."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.color("brand-line"), 3, cap=Qt.PenCapStyle.RoundCap))
    step, half = 28, 10
    for row in range(int(rect.height() // step) + 1):
        for column in range(int(rect.width() // step) + 1):
            center = QPointF(rect.left() + 14 + column * step, rect.top() + 14 + row * step)
            if (row + column) % 2:
                painter.drawLine(center - QPointF(half, 0), center + QPointF(half, 0))
            else:
                painter.drawLine(center - QPointF(0, half), center + QPointF(0, half))
