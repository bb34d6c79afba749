"""What plugins do where no guard surrounds them: errors that nobody has caught, and a window that is held up."""

from collections.abc import Callable, Mapping

from workloom.api.plugins import Fault
from workloom.plugin_manager.faults import Faults, plugin_of
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.meter import Place
from workloom.plugin_manager.start_up import StartUp
from workloom.plugin_manager.ui_calls import PluginHang, UiCalls
from workloom.plugin_manager.watchdog import Hang


class Unguarded:
    """Implements `watchdog.Watched`. `packages`: the plugins by their top-level packages; `failed` hears of a hang."""

    def __init__(
        self,
        guard: PluginGuard,
        faults: Faults,
        start_up: StartUp,
        packages: Mapping[str, str],
        failed: Callable[[Fault], None],
    ) -> None:
        self._guard, self._faults, self._start_up = guard, faults, start_up
        self._packages, self._failed = packages, failed

    @property
    def calls(self) -> UiCalls:
        """The calls that run on the UI thread."""
        return self._guard.calls

    def plugins_by_package(self) -> Mapping[str, str]:
        """The ids of all plugins by their top-level packages."""
        return self._packages

    def blame(self, error: BaseException, where: str) -> str:
        """Record an error that nobody caught if it came out of a plugin's code; the plugin's id, else empty."""
        plugin = plugin_of(error, self._packages)
        if isinstance(error, PluginHang):  # the watchdog has recorded it
            return plugin or self.calls.blamed or "?"
        if plugin:
            self._guard.fault(plugin, where, error)
        return plugin

    def hung(self, hang: Hang) -> None:
        """A plugin holds up the window. From the watchdog's thread."""
        stack = self.calls.stack.copy()
        where = hang.where or next((place.where for place in reversed(stack) if place.plugin == hang.plugin), "slot")
        if hang.stuck:
            self._start_up.stuck(hang.plugin, where)
        self._failed(self._faults.hung(hang.plugin, where, hang.trace, stuck=hang.stuck))

    def lasted(self, seconds: float) -> Place | None:
        """The place of a call that has just ended and took about so long; see `watchdog.Watched`."""
        return self._guard.meter.lasted(seconds)

    def free(self) -> None:
        """The window is free again, after something had been stuck."""
        self._start_up.free()
