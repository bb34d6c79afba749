"""Looks into the plugins of this process, for the view in the desktop and for the commands."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from workloom.api.inspection import CallTiming, Leak, TracedCall, Wire
from workloom.api.plugins import Fault, PluginInfo
from workloom.domain.options import OptionSet
from workloom.plugin_manager.kept_states import KeptStates
from workloom.plugin_manager.meter import Meter


class Inspected(Protocol):
    """What is looked into: the plugin manager."""

    def infos(self) -> Sequence[PluginInfo]:
        """All plugins."""
        ...

    def faults(self) -> Sequence[Fault]:
        """The last faults."""
        ...

    def leaks(self) -> tuple[Leak, ...]:
        """What should be gone and is still there."""
        ...

    def enable(self, plugin: str) -> None:
        """Start a plugin now."""
        ...

    def disable(self, plugin: str) -> None:
        """Stop a plugin now."""
        ...


class PluginInspector:
    """Implements `workloom.api.Inspector`."""

    def __init__(
        self, plugins: Inspected, meter: Meter, wires: Callable[[], tuple[Wire, ...]], kept: KeptStates | None = None
    ) -> None:
        self._plugins, self._meter, self._wires, self._kept = plugins, meter, wires, kept

    def timings(self) -> tuple[CallTiming, ...]:
        """Each place of each plugin that has been called."""
        return self._meter.timings()

    def trace(self, after: int = 0) -> tuple[TracedCall, ...]:
        """The last calls with a number above `after`."""
        return self._meter.trace(after)

    def wires(self) -> tuple[Wire, ...]:
        """All tokens."""
        return self._wires()

    def leaks(self) -> tuple[Leak, ...]:
        """What should be gone and is still there."""
        return self._plugins.leaks()

    def start_plugin(self, plugin: str) -> None:
        """Start a plugin, now and from now on."""
        self._plugins.enable(plugin)
        if self._kept is not None:
            self._kept.switch(plugin, on=True)

    def stop_plugin(self, plugin: str) -> None:
        """Stop a plugin, now and from now on."""
        self._plugins.disable(plugin)
        if self._kept is not None:
            self._kept.switch(plugin, on=False)

    def write_bundle(self, file: Path, options: OptionSet | None = None) -> None:
        """Write a zip file for support."""
        from workloom.plugin_manager.bundle import write_bundle  # late: few people ever need it

        write_bundle(file, self._plugins.infos(), self._plugins.faults(), self, options)
