"""The settings in the top bar: theme, text size, sound, and a window for another agent."""

from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import QPoint
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QMenu, QWidget, QWidgetAction

from workloom.api.ui import Ui
from workloom.shell.appearance import Appearance
from workloom.shell.preferences import PreferenceStore, Theme

THEMES: Final[tuple[tuple[Theme, str], ...]] = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))


class SettingsMenu:
    """Built anew each time it opens."""

    def __init__(
        self, kit: Ui, appearance: Appearance, preferences: PreferenceStore, another: Callable[[], object]
    ) -> None:
        self._kit, self._appearance, self._preferences, self._another = kit, appearance, preferences, another

    def open_at(self, anchor: QWidget) -> None:
        """Show the menu below the button."""
        menu = self.build()
        menu.popup(anchor.mapToGlobal(QPoint(anchor.width() - menu.sizeHint().width(), anchor.height() + 4)))

    def build(self) -> QMenu:
        """The menu as things stand."""
        menu = QMenu(self._kit.window)
        menu.setObjectName("settings-menu")
        self._title(menu, "Theme")
        group = QActionGroup(menu)
        for theme, title in THEMES:
            action = menu.addAction(title)
            assert action is not None
            action.setObjectName(f"theme-{theme}")
            action.setCheckable(True)
            action.setChecked(self._preferences.values.theme == theme)
            action.triggered.connect(lambda _checked, theme=theme: self._appearance.choose(theme))
            group.addAction(action)
        menu.addSeparator()
        self._title(menu, f"Text size, {self._preferences.values.text_size} %")
        for title, steps in (("Larger\tCtrl++", 1), ("Smaller\tCtrl+-", -1), ("Usual size", 0)):
            action = menu.addAction(title)
            assert action is not None
            action.triggered.connect(lambda _checked, steps=steps: self._appearance.larger(steps))
        menu.addSeparator()
        sound = menu.addAction("Sound of offers")
        assert sound is not None
        sound.setCheckable(True)
        sound.setChecked(self._preferences.values.sound)
        sound.triggered.connect(self._set_sound)
        menu.addSeparator()
        another = menu.addAction(self._kit.icon("user-round"), "Log in another agent")
        assert another is not None
        another.setObjectName("settings-another-agent")
        another.triggered.connect(lambda _checked: self._another())
        return menu

    def _set_sound(self, on: bool) -> None:
        self._preferences.values.sound = on
        self._preferences.save()

    def _title(self, menu: QMenu, text: str) -> None:
        label = self._kit.label(text, "small")
        label.setContentsMargins(10, 4, 10, 4)
        title = QWidgetAction(menu)
        title.setDefaultWidget(label)
        title.setEnabled(False)
        menu.addAction(title)
