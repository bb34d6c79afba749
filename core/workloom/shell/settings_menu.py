"""The settings in the top bar: theme, text size, sound, and a window for another agent."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PyQt6.QtCore import QPoint
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import ActionPlace, Subject
from workloom.shell.action_bar import Actions
from workloom.shell.appearance import Appearance
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.menu import Menu
from workloom.shell.preferences import PreferenceStore, Theme
from workloom.shell.words import product, say, word

THEMES: Final[tuple[tuple[Theme, str], ...]] = (
    ("system", word("As the system")),
    ("light", word("Light")),
    ("dark", word("Dark")),
)
SIZES: Final = ((word("Larger"), 1, "text.larger"), (word("Smaller"), -1, "text.smaller"), (word("Usual size"), 0, ""))


class SettingsMenu:
    """Built anew each time it opens."""

    def __init__(
        self,
        kit: Kit,
        appearance: Appearance,
        preferences: PreferenceStore,
        another: Callable[[], object],
        key_of: Callable[[str], str],
        actions: Callable[[], Actions | None] = lambda: None,
        version: str = "",
    ) -> None:
        self._kit, self._appearance, self._preferences = kit, appearance, preferences
        self._another, self._key_of, self._actions, self._version = another, key_of, actions, version

    def open_at(self, anchor: QWidget) -> None:
        """Show the menu below the button."""
        menu = self.build()
        menu.popup(anchor.mapToGlobal(QPoint(anchor.width() - menu.sizeHint().width(), anchor.height() + 4)))

    def build(self) -> Menu:
        """The menu as things stand."""
        menu = self._kit.rows_menu(say("Settings"))
        menu.setObjectName("settings-menu")
        values = self._preferences.values
        self._kit.menu_heading(menu, say("Theme"))
        group = QActionGroup(menu)
        for theme, title in ((theme, say(title)) for theme, title in THEMES):
            action = menu.add(title, "", partial(self._appearance.choose, theme))
            action.setObjectName(f"theme-{theme}")
            action.setCheckable(True)
            action.setChecked(values.theme == theme)
            group.addAction(action)
        menu.addSeparator()
        self._kit.menu_heading(menu, say("Text size, {text_size} %", text_size=values.text_size))
        for title, steps, row in ((say(title), steps, row) for title, steps, row in SIZES):
            menu.add(title, "", partial(self._appearance.larger, steps), key=self._key_of(row) if row else "")
        menu.addSeparator()
        sound = menu.add(say("Sound of offers"), "", self._turn_sound)
        sound.setObjectName("settings-sound")
        sound.setCheckable(True)
        sound.setChecked(values.sound)
        menu.addSeparator()
        self._from_plugins(menu)
        menu.add(say("Log in another agent"), "user-round", self._another).setObjectName("settings-another-agent")
        menu.addSeparator()
        self._kit.menu_heading(menu, f"{product()} {self._version}".strip())
        return menu

    def _from_plugins(self, menu: Menu) -> None:
        """What plugins have for this menu, such as a view of theirs."""
        actions, subject = self._actions(), Subject(place=ActionPlace.MAIN_MENU)
        found = actions.at(ActionPlace.MAIN_MENU) if actions is not None else ()
        for one in found:
            assert actions is not None
            state = actions.state(one, subject)
            if state.visible:
                row = menu.add(
                    one.what.title,
                    one.what.icon,
                    partial(actions.run_found, one, subject),
                    key=self._key_of(one.what.id),
                )
                row.setObjectName(f"settings-{one.what.id}")
                row.setEnabled(state.enabled)
                row.setToolTip(state.reason)
        if found:
            menu.addSeparator()

    def _turn_sound(self) -> None:
        self._preferences.values.sound = not self._preferences.values.sound
        self._preferences.save()
