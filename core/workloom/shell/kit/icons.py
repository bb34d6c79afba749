"""Icons: Lucide's outlines tinted by token, and our own glyphs; drawn once for each name, size, colour and scale.

Lucide (ISC) comes from a package and is imported when the first outline is drawn, because its import costs as much as a
third of the start.
"""

import logging
import re
import warnings
from functools import cache

from PyQt6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from workloom.shell.kit import glyphs
from workloom.shell.kit.tokens import Tokens

STROKE = "1.75"
BOX = 24
"""Side of the square in which Lucide draws; larger icons keep the thickness that a stroke has at this size."""
UNKNOWN = "circle-dashed"
"""Drawn where an icon of an unknown name should be: Qt asks for it while it paints, when nobody can take an error."""

_log = logging.getLogger(__name__)
_RENAMED = {"history": "rotate-ccw-clock"}


@cache
def outline(name: str) -> str:
    """The SVG text of a Lucide icon with our stroke and `currentColor` in place of a colour. KeyError if unknown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import lucide

        # What is not found is said by us, once.
        logging.getLogger(lucide.__name__).setLevel(logging.CRITICAL)
        for known in (_RENAMED.get(name, name), name):
            svg = lucide.lucide_icon(known)
            if not svg.startswith("<!--"):  # for an unknown name it draws the name itself, under a remark
                return re.sub(r'stroke-width="[^"]*"', f'stroke-width="{STROKE}"', svg)
    raise KeyError(f"There is no icon named {name!r}.")


def draw(painter: QPainter, rect: QRectF, name: str, color: QColor, tokens: Tokens) -> None:
    """Draw an icon or glyph into a square."""
    if ":" in name:
        glyphs.draw(painter, rect, name, color, tokens)
        return
    from PyQt6.QtSvg import QSvgRenderer

    svg = outline(name).replace("currentColor", color.name())
    if rect.width() > BOX:
        thin = float(STROKE) * BOX / rect.width()
        svg = svg.replace(f'stroke-width="{STROKE}"', f'stroke-width="{thin:.3f}"')
    QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


class Icons:
    """Pixmaps and icons of one theme object."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
        tokens.on_change(self._pixmaps.clear)

    def pixmap(self, name: str, token: str = "muted", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """A square pixmap of `size` logical pixels. KeyError if there is no such icon or colour."""
        key = (name, size, token, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = QPixmap(QSize(size, size) * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            color = self._tokens.color(token)
            painter = QPainter(found)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                draw(painter, QRectF(0, 0, size, size), name, color, self._tokens)
            finally:
                # A painter that is still at work when its pixmap goes takes the process with it.
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
        pixmap = self._pixmap(QSize(side, side), mode, device.devicePixelRatioF() if device else 1.0)
        painter.drawPixmap(rect.center() - QPoint(side // 2 - 1, side // 2 - 1), pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Qt: a pixmap of this size."""
        return self._pixmap(size, mode, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Qt: a pixmap of this logical size for a display scale (device pixels before Qt 6.8)."""
        return self._pixmap(size, mode, scale)

    def clone(self) -> QIconEngine:
        """Qt: a copy."""
        return _Engine(self._icons, self._name, self._token)

    def _pixmap(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        """The icon at the left of a pixmap of this size, so that a button can ask for room beside it."""
        token = "disabled" if mode is QIcon.Mode.Disabled else self._token
        side = min(size.width(), size.height())
        try:
            drawn = self._icons.pixmap(self._name, token, side, ratio)
        except KeyError:
            _log.warning("There is no icon named %r with the colour %r.", self._name, token)
            self._name, self._token = UNKNOWN, "muted"
            drawn = self._icons.pixmap(UNKNOWN, "muted", side, ratio)
        if size.width() == side:
            return drawn
        wide = QPixmap(size * ratio)
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return wide
