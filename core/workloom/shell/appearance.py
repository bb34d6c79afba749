"""Theme and text size of all windows of this process."""

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QGuiApplication, QIcon
from PyQt6.QtWidgets import QApplication, QLabel, QWidget

from workloom.api.branding import Branding
from workloom.shell.kit import theme
from workloom.shell.kit.icons import Icons, Outlines
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import ROLES, TypeScale
from workloom.shell.preferences import PreferenceStore, Theme
from workloom.shell.words import name_product, product

LOGO = 128
"""Pixels of a side of a plugin's logo, which is drawn smaller."""


class Appearance:
    """Applies what the preferences say, and follows the system's light and dark."""

    def __init__(self, application: QApplication, preferences: PreferenceStore, outlines: Outlines) -> None:
        self._application, self._preferences = application, preferences
        self.product = ""
        self.tokens = Tokens(dark=self._wants_dark())
        self.icons = Icons(self.tokens, outlines)
        self.scale = TypeScale(preferences.values.text_size / 100)
        application.setApplicationDisplayName(product())
        application.setStyle(theme.BASE)
        self._apply()
        hints = QGuiApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(lambda _scheme: self._renew())

    def kit(self, window: QWidget) -> Kit:
        """The widget kit of one window, which gets the style sheet that its children and pop-ups inherit."""
        window.setStyleSheet(self._sheet)
        return Kit(self.tokens, self.icons, self.scale, window)

    def choose(self, wanted: Theme) -> None:
        """Switch the theme and keep the choice."""
        self._preferences.values.theme = wanted
        self._preferences.save()
        self._renew()

    def larger(self, steps: int) -> None:
        """Make the text some steps larger, or smaller, and keep the choice; 0 = the usual size."""
        values = self._preferences.values
        values.text_size = values.larger(steps) if steps else 100
        self._preferences.save()
        self.scale.scale = values.text_size / 100
        self._apply()

    def brand(self, branding: Branding) -> str:
        """Show logo, name and colours of a plugin; what cannot be used is said in a sentence."""
        problem = self.tokens.change(branding.light, branding.dark)
        if branding.logo is not None:
            logo = QIcon(str(branding.logo)).pixmap(QSize(LOGO, LOGO))
            if logo.isNull():
                problem = problem or f"{branding.logo}: expected a logo as an SVG or PNG file, found none."
            else:
                self.icons.logo = logo
        self.product = branding.product
        name_product(branding.product)
        self._application.setApplicationDisplayName(product())
        self._renew()
        return problem

    def _renew(self) -> None:
        self.tokens.switch(dark=self._wants_dark())
        self._apply()
        for widget in self._application.allWidgets():
            if isinstance(widget, QLabel) and (fresh := self.icons.renewed(widget.pixmap())):
                widget.setPixmap(fresh)
            widget.update()

    def _apply(self) -> None:
        """Give everything its colours and sizes. A new style sheet brings earlier fonts back, so ours come last."""
        theme.apply(self._application, self.tokens, self.scale)
        self._sheet = theme.style_sheet(self.tokens, self.scale)
        for window in self._application.topLevelWidgets():
            if window.styleSheet():
                window.setStyleSheet(self._sheet)
        for widget in self._application.allWidgets():
            role = widget.property("role")
            if isinstance(role, str) and role in ROLES:
                widget.setFont(self.scale.font(role))
            widget.updateGeometry()

    def _wants_dark(self) -> bool:
        wanted = self._preferences.values.theme
        if wanted != "system":
            return wanted == "dark"
        hints = QGuiApplication.styleHints()
        return hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark
