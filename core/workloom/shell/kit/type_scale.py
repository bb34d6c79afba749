"""Fonts of the design at the person's text size."""

from typing import Final

from PyQt6.QtGui import QFont, QFontDatabase
from PyQt6.QtWidgets import QApplication

FAMILIES: Final = ("Inter", "Noto Sans", "DejaVu Sans")
MONO: Final = ("DejaVu Sans Mono", "Consolas", "Menlo")
WEIGHTS: Final = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}
ROLES: Final[dict[str, tuple[float, int]]] = {
    "base": (13, 400),
    "muted": (13, 400),
    "link": (13, 400),
    "danger": (12, 400),
    "strong": (13, 600),
    "button": (13, 500),
    "meta": (11, 500),
    "small": (12, 400),
    "panel-title": (15, 600),
    "item-title": (18, 600),
    "greeting": (24, 600),
    "figure": (28, 600),
    "mono": (11.5, 400),
}
"""Size in px at 100 %, weight."""


class TypeScale:
    """Fonts by role; `scale` is the person's text size, 0.8 to 2.0."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self._fonts: dict[tuple[str, float], QFont] = {}

    def px(self, size: float) -> int:
        """A height or font size of the design at the person's text size."""
        return round(size * self.scale)

    def font(self, role: str = "base") -> QFont:
        """The font of a role, with tabular figures. KeyError if there is no such role."""
        known = self._fonts.get((role, self.scale))
        if known is None:
            known = self._fonts[role, self.scale] = self._made(*ROLES[role], MONO if role == "mono" else FAMILIES)
        return QFont(known)

    def _made(self, size: float, weight: int, families: tuple[str, ...]) -> QFont:
        font = QFont()
        font.setFamilies(list(families))
        font.setPixelSize(self.px(size))
        font.setWeight(WEIGHTS[weight])
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def apply(self, application: QApplication) -> None:
        """Make the base font the application's; without Inter the platform's own UI font leads."""
        font = self.font()
        if FAMILIES[0] not in QFontDatabase.families():
            platform = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
            font.setFamilies([platform, *FAMILIES[1:]])
        application.setFont(font)
