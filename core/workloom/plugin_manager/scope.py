"""A scope holds the undo of everything that a plugin has registered, so that stopping it leaves nothing behind."""

from collections.abc import Callable
from itertools import count

from workloom.api.plugins import Guard, Undo


class PluginScope:
    """Undos of one plugin, for one session or for the process. Last added is undone first.

    An undo that raises is a fault of the plugin and keeps none of the others from running.
    """

    def __init__(self, plugin: str, guard: Guard) -> None:
        self._plugin = plugin
        self._guard = guard
        self._undos: dict[int, Callable[[], object]] = {}
        self._numbers = count()
        self._closed = False

    @property
    def closed(self) -> bool:
        """True as soon as closing has begun."""
        return self._closed

    def add(self, undo: Callable[[], object]) -> Undo:
        """Keep an undo until it is called or the scope is closed; called at once if the scope is closed already."""
        number = next(self._numbers)
        self._undos[number] = undo
        if self._closed:
            self._undo(number)
        return lambda: self._undo(number)

    def close(self) -> None:
        """Undo everything. A second call does nothing."""
        self._closed = True
        while self._undos:
            self._undo(next(reversed(self._undos)))

    def __len__(self) -> int:
        return len(self._undos)

    def _undo(self, number: int) -> None:
        undo = self._undos.pop(number, None)
        if undo is not None:
            self._guard.call(self._plugin, "undo of a registration", undo)
