"""Icons: outlines tinted by token, and our own glyphs; drawn once for each name, size, colour and scale.

The outlines come from outside, as the SVG text of a name; they are asked for when an icon is first drawn.
"""

import logging
import re
from collections.abc import Callable

from PyQt6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from workloom.shell.kit import glyphs
from workloom.shell.kit.tokens import Tokens

STROKE = "1.75"
BOX = 24
"""Side of the square in which outlines are drawn; larger icons keep the thickness that a stroke has at this size."""
UNKNOWN = "circle-dashed"
"""Drawn where an icon of an unknown name should be: Qt asks for it while it paints, when nobody can take an error."""

Outlines = Callable[[str], str]
"""The SVG text of an outline by its name, with `currentColor` in place of a colour. KeyError if unknown."""

_log = logging.getLogger(__name__)


class Icons:
    """Pixmaps and icons of one theme object."""

    def __init__(self, tokens: Tokens, outlines: Outlines) -> None:
        self._tokens, self._outlines = tokens, outlines
        self.logo: QPixmap | None = None
        """Of a plugin, in place of ours."""
        self._known: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}
        self._before: dict[int, tuple[str, int, str, float]] = {}
        tokens.on_change(self._forget)

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
                self._draw(painter, QRectF(0, 0, size, size), name, color)
            finally:
                # A painter that is still at work when its pixmap goes takes the process with it.
                painter.end()
            self._pixmaps[key] = found
        return found

    def outline(self, name: str) -> str:
        """The SVG text of an outline with our stroke. KeyError if there is no such icon."""
        if name not in self._known:
            self._known[name] = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{STROKE}"', self._outlines(name))
        return self._known[name]

    def renewed(self, pixmap: QPixmap) -> QPixmap | None:
        """What a pixmap of the theme before looks like now; None for one that is not ours."""
        key = self._before.get(pixmap.cacheKey())
        return self.pixmap(key[0], key[2], key[1], key[3]) if key else None

    def _forget(self) -> None:
        self._before = {pixmap.cacheKey(): key for key, pixmap in self._pixmaps.items()}
        self._pixmaps.clear()

    def icon(self, name: str, token: str = "muted") -> QIcon:
        """An icon that follows the theme; disabled ones take the token `disabled`."""
        return QIcon(_Engine(self, name, token))

    def _draw(self, painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
        if name == "logo:" and self.logo is not None:
            painter.drawPixmap(rect.toRect(), self.logo)
            return
        if ":" in name:
            glyphs.draw(painter, rect, name, color, self._tokens)
            return
        from PyQt6.QtSvg import QSvgRenderer  # late: the login page is painted without an icon

        svg = self.outline(name).replace("currentColor", color.name())
        if rect.width() > BOX:
            thin = float(STROKE) * BOX / rect.width()
            svg = svg.replace(f'stroke-width="{STROKE}"', f'stroke-width="{thin:.3f}"')
        QSvgRenderer(QByteArray(svg.encode())).render(painter, rect)


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
