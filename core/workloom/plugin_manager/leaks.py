"""What is still there of plugins that have stopped: something holds it, so it was not let go of in full."""

import gc
import logging
import sys
import weakref
from collections.abc import Mapping
from functools import partial
from itertools import count
from typing import Final

from msgspec import Struct

from workloom.api.inspection import Leak
from workloom.plugin_manager.holders import holders_of

log = logging.getLogger("workloom.plugins")

SURVIVED: Final = 2
"""Full collections of garbage that something outlives before it is reported: at the first it may be on its way."""


class Watched(Struct):
    """Something that should be gone."""

    plugin: str
    what: str
    one: weakref.ref[object]
    survived: int = 0


class Leftovers:
    """Keeps an eye on objects that should be gone, without keeping them; what stays is written to the log.

    Collections of garbage happen by themselves, so watching costs nothing.
    """

    def __init__(self) -> None:
        self._watched: dict[int, Watched] = {}
        self._numbers = count()
        self._ended = False

    def watch(self, plugin: str, what: str, one: object) -> None:
        """Expect an object to be gone from now on; one that takes no weak reference cannot be watched."""
        if self._ended or not type(one).__weakrefoffset__:
            return
        number = next(self._numbers)
        if not self._watched:
            gc.callbacks.append(self._collected)
        self._watched[number] = Watched(plugin, what, weakref.ref(one, partial(self._forget, number)))

    def end(self) -> None:
        """Expect nothing more: whoever ends as a whole takes nothing down in full."""
        self._ended = True
        self._watched.clear()
        self._rest()

    def found(self) -> tuple[Leak, ...]:
        """What is still there after a collection of garbage, which takes some dozens of milliseconds.

        Where there is something, who holds it is looked for among all objects, which takes some hundred.
        """
        if not self._watched:
            return ()
        gc.collect()
        there: list[Watched] = []
        ones: list[object] = []
        for watched in tuple(self._watched.values()):
            one = watched.one()
            if one is not None:
                there.append(watched)
                ones.append(one)
        if not there:
            return ()
        found = zip(there, holders_of(ones), strict=True)
        return tuple(Leak(plugin=each.plugin, what=each.what, holders=holders) for each, holders in found)

    def _collected(self, phase: str, info: Mapping[str, int]) -> None:
        if (
            phase == "stop" and info["generation"] == 2 and not sys.is_finalizing()
        ):  # then all goes, and some of it late
            for watched in tuple(self._watched.values()):
                watched.survived += 1
                if watched.survived == SURVIVED:
                    log.warning("Plugin %s was stopped and still holds %s", watched.plugin, watched.what)

    def _forget(self, number: int, _gone: object) -> None:
        self._watched.pop(number, None)
        self._rest()

    def _rest(self) -> None:
        if not self._watched and self._collected in gc.callbacks:
            gc.callbacks.remove(self._collected)
