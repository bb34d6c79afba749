"""While plugins are being started, each call into one is on record, so that a crash names it at the next start."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.start_guard import StartGuard


class StartUp:
    """`starts` None: nothing is kept. `soon` calls a function once the window has been shown."""

    def __init__(
        self,
        starts: StartGuard | None,
        guard: PluginGuard,
        soon: Callable[[Callable[[], None]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._starts, self._guard, self._soon, self._now = starts, guard, soon, now
        self._being_started = 0
        self._recording = Lock()

    @contextmanager
    def recorded(self, *, linger: bool = False) -> Iterator[None]:
        """What is called within is on record. `linger`: until the window has been shown with what was brought."""
        starts = self._starts
        if starts is None:
            yield
            return
        with self._recording:
            self._being_started += 1
            starts.begin()
            self._guard.beginning = lambda place: starts.note(place.plugin, place.where, self._now())
        try:
            yield
        finally:
            if linger:
                self._soon(self._started)
            else:
                self._started()

    def stuck(self, plugin: str, where: str) -> None:
        """A plugin holds up the window and cannot be broken off: should nothing help but to end the process."""
        if self._starts is not None:
            self._starts.note(plugin, where, self._now(), stuck=True)

    def free(self) -> None:
        """It has come back."""
        if self._starts is not None and not self._being_started:
            self._starts.clear()

    def _started(self) -> None:
        with self._recording:
            self._being_started -= 1
            if not self._being_started and self._starts is not None:
                self._guard.beginning = None
                self._starts.clear()
