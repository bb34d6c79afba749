"""The parts of the window that plugins can use."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from workloom.api.contributions import Action, ActionPlace, Region, Subject
from workloom.api.plugins import Guard, Scope
from workloom.api.ui import Ui
from workloom.domain.pages import ItemRow
from workloom.domain.presence import Presence
from workloom.shell.action_bar import ActionBar, Actions
from workloom.shell.region_tabs import RegionTabs
from workloom.shell.registries.contributions import Registries
from workloom.shell.returned import returned


class Window(Protocol):
    """What the window does for plugins."""

    def open_item(self, item: str, *, focus: bool = True) -> None:
        """Show an open item."""
        ...

    def show_view(self, view: str) -> None:
        """Bring a main view to the front."""
        ...

    def key_of(self, action: Action, place: ActionPlace) -> str:
        """The key of an action in a place, as people have set it."""
        ...

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the agent's state."""
        ...

    def open_row(self, item: str) -> ItemRow | None:
        """An open item, None if it is not with the agent."""
        ...

    def keep_fresh(self, bar: ActionBar) -> None:
        """Refresh a toolbar after events, as long as it lives."""
        ...


class PluginDesktop:
    """Implements `workloom.api.Desktop`."""

    def __init__(
        self,
        plugin: str,
        scope: Scope,
        kit: Ui,
        registries: Registries,
        guard: Guard,
        actions: Actions,
        window: Window,
    ) -> None:
        self._plugin, self._scope = plugin, scope
        self._kit, self._registries, self._guard = kit, registries, guard
        self._actions, self._window = actions, window

    def open_item(self, item: str, *, focus: bool = True) -> None:
        """Show an item that is with the agent."""
        self._window.open_item(item, focus=focus)

    def show_view(self, view: str) -> None:
        """Bring a main view to the front."""
        self._window.show_view(view)

    def toolbar(self, place: ActionPlace, subject: Callable[[], Subject | None]) -> object:
        """A toolbar widget with the actions of a place."""

        def asked() -> Subject | None:
            if self._scope.closed:
                return None
            return self._guard.call(self._plugin, f"subject of toolbar {place}", partial(_subject_of, subject))

        bar = ActionBar(self._kit, self._actions, place, asked, lambda action: self._window.key_of(action, place))
        self._window.keep_fresh(bar)
        return bar

    def tabs(self, region: Region) -> object:
        """A tab widget with the views of an item region."""
        return RegionTabs(self._kit, self._registries, self._guard, region, self._window.open_row)

    def run_action(self, action: str, subject: Subject, anchor: object = None) -> None:
        """Run an action by id, with the checks of its button."""
        self._actions.run(action, subject, anchor)

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the agent's state."""
        self._window.set_state(state, reason=reason, media_type=media_type)

    def actions(self, place: ActionPlace) -> Sequence[Action]:
        """The actions of a place that the agent may use."""
        return tuple(found.what for found in self._actions.at(place))


def _subject_of(subject: Callable[[], Subject | None]) -> Subject | None:
    """What the plugin says. TypeError if that is no subject."""
    found = subject()
    return None if found is None else returned(found, Subject)
