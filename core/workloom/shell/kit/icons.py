"""Icons: Lucide's outlines tinted by token, and our own glyphs; drawn once for each name, size, colour and scale.

Lucide (ISC) comes from a package and is imported when the first outline is drawn, because its import costs as much as a
third of the start.
"""

import re
import warnings
from functools import cache

from PyQt6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from workloom.shell.kit import glyphs
from workloom.shell.kit.tokens import Tokens

STROKE = "1.75"
_RENAMED = {"history": "rotate-ccw-clock"}


@cache
def outline(name: str) -> str:
    """The SVG text of a Lucide icon with our stroke and `currentColor` in place of a colour. KeyError if unknown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import lucide

        for known in (_RENAMED.get(name, name), name):
            svg = lucide.lucide_icon(known)
            if svg and "lucide-" in svg:
                return re.sub(r'stroke-width="[^"]*"', f'stroke-width="{STROKE}"', svg)
    raise KeyError(f"There is no icon named {name!r}.")


def draw(painter: QPainter, rect: QRectF, name: str, color: QColor, tokens: Tokens) -> None:
    """Draw an icon or glyph into a square."""
    if ":" in name:
        glyphs.draw(painter, rect, name, color, tokens)
        return
    from PyQt6.QtSvg import QSvgRenderer

    svg = outline(name).replace("currentColor", color.name())
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


class Icons:
    """Pixmaps and icons of one theme object."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
        tokens.on_change(self._pixmaps.clear)

    def pixmap(self, name: str, token: str = "muted", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """A square pixmap of `size` logical pixels."""
        key = (name, size, token, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = QPixmap(QSize(size, size) * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter, QRectF(0, 0, size, size), name, self._tokens.color(token), self._tokens)
            painter.end()
            self._pixmaps[key] = found
        return found

    def icon(self, name: str, token: str = "muted") -> QIcon:
        """An icon that follows the theme; disabled ones take the token `disabled`."""
        return QIcon(_Engine(self, name, token))


class _Engine(QIconEngine):
    """Draws from the cache each time, so that a switch of the theme needs no new icons."""

    def __init__(self, icons: Icons, name: str, token: str) -> None:
        super().__init__()
        self._icons, self._name, self._token = icons, name, token

    def paint(self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Qt: draw into a painter."""
        if painter is None:
            return
        side = min(rect.width(), rect.height())
        device = painter.device()
        pixmap = self._pixmap(side, mode, device.devicePixelRatioF() if device else 1.0)
        painter.drawPixmap(rect.center() - QPoint(side // 2 - 1, side // 2 - 1), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Qt: a pixmap of this size."""
        return self._pixmap(min(size.width(), size.height()), mode, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Qt: a pixmap of this many device pixels for a display scale."""
        return self._pixmap(round(min(size.width(), size.height()) / scale), mode, scale)

    def clone(self) -> QIconEngine:
        """Qt: a copy."""
        return _Engine(self._icons, self._name, self._token)

    def _pixmap(self, side: int, mode: QIcon.Mode, ratio: float) -> QPixmap:
        token = "disabled" if mode is QIcon.Mode.Disabled else self._token
        return self._icons.pixmap(self._name, token, side, ratio)
