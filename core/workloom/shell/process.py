"""What all windows of this process share."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from workloom.api.plugins import PluginInfo
from workloom.domain.errors import WorkloomError
from workloom.shell.appearance import Appearance
from workloom.shell.connection import Connection
from workloom.shell.operations import Operations, Read
from workloom.shell.preferences import PreferenceStore

Result = TypeVar("Result")


class Window(Protocol):
    """What the process does with its windows."""

    def keys_changed(self) -> None:
        """People have changed keys."""
        ...

    def branded(self, product: str) -> None:
        """A plugin has changed the look."""
        ...


class Process:
    """Operations, connection, preferences, appearance. Made once by the composition of the desktop."""

    def __init__(
        self,
        operations: Operations,
        connection: Connection,
        preferences: PreferenceStore,
        appearance: Appearance,
        version: str,
        enters: str = "",
    ) -> None:
        self.operations = operations
        self.connection = connection
        self.preferences = preferences
        self.appearance = appearance
        self.version = version
        self._enters = enters
        self.windows: list[Window] = []
        connection.opened.connect(self._brand)

    def read(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None],
    ) -> None:
        """Run `function` in the background, for nobody in particular."""
        self.operations.start(Read(function, then, failed))

    def enters(self) -> str:
        """The user of a demo site whom the first window logs in by itself; empty = nobody. Said once."""
        user, self._enters = self._enters, ""
        return user

    def infos(self) -> Sequence[PluginInfo]:
        """All plugins that were found."""
        return self.connection.there.plugins.infos() if self.connection.is_open else ()

    def _brand(self) -> None:
        plugins = self.connection.there.plugins
        branding = plugins.branding()
        if not branding.plugin:
            return
        problem = self.appearance.brand(branding)
        if problem:
            plugins.guard.call(branding.plugin, "branding", _raise, ValueError(problem))
        for window in self.windows:
            window.branded(branding.product)

    def keys_changed(self) -> None:
        """Keep the keys that people have changed; they hold in all windows."""
        self.preferences.save()
        for window in self.windows:
            window.keys_changed()

    def is_only(self, window: object) -> bool:
        """Whether a window is the only one."""
        return self.windows == [window]


def _raise(error: Exception) -> None:
    raise error
