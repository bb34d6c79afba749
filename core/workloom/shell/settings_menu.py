"""The settings in the top bar: theme, text size, sound, and a window for another agent."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PyQt6.QtCore import QPoint
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QWidget

from workloom.shell.appearance import Appearance
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.menu import Menu
from workloom.shell.preferences import PreferenceStore, Theme

THEMES: Final[tuple[tuple[Theme, str], ...]] = (("system", "As the system"), ("light", "Light"), ("dark", "Dark"))
SIZES: Final = (("Larger", 1, "text.larger"), ("Smaller", -1, "text.smaller"), ("Usual size", 0, ""))


class SettingsMenu:
    """Built anew each time it opens."""

    def __init__(
        self,
        kit: Kit,
        appearance: Appearance,
        preferences: PreferenceStore,
        another: Callable[[], object],
        key_of: Callable[[str], str],
    ) -> None:
        self._kit, self._appearance, self._preferences = kit, appearance, preferences
        self._another, self._key_of = another, key_of

    def open_at(self, anchor: QWidget) -> None:
        """Show the menu below the button."""
        menu = self.build()
        menu.popup(anchor.mapToGlobal(QPoint(anchor.width() - menu.sizeHint().width(), anchor.height() + 4)))

    def build(self) -> Menu:
        """The menu as things stand."""
        menu = self._kit.rows_menu("Settings")
        menu.setObjectName("settings-menu")
        values = self._preferences.values
        self._kit.menu_heading(menu, "Theme")
        group = QActionGroup(menu)
        for theme, title in THEMES:
            action = menu.add(title, "", partial(self._appearance.choose, theme))
            action.setObjectName(f"theme-{theme}")
            action.setCheckable(True)
            action.setChecked(values.theme == theme)
            group.addAction(action)
        menu.addSeparator()
        self._kit.menu_heading(menu, f"Text size, {values.text_size} %")
        for title, steps, row in SIZES:
            menu.add(title, "", partial(self._appearance.larger, steps), key=self._key_of(row) if row else "")
        menu.addSeparator()
        sound = menu.add("Sound of offers", "", self._turn_sound)
        sound.setObjectName("settings-sound")
        sound.setCheckable(True)
        sound.setChecked(values.sound)
        menu.addSeparator()
        menu.add("Log in another agent", "user-round", self._another).setObjectName("settings-another-agent")
        return menu

    def _turn_sound(self) -> None:
        self._preferences.values.sound = not self._preferences.values.sound
        self._preferences.save()
