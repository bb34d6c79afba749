"""While plugins are being started, each call into one is on record, so that a crash names it at the next start.

Between two calls the record names nobody: what ends the process there is a slot or a painting of some plugin, which
nobody has seen. The start after that is a careful one, on which each function of a plugin is on record.
"""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from types import FrameType
from typing import Any, Final

from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.meter import Place
from workloom.plugin_manager.start_guard import StartGuard

log = logging.getLogger("workloom.plugins")

ON_ANY_THREAD: Final = ("import", "hook event_readers", "hook backends", "open of backend")
"""Places at which a plugin is started away from the window. What else runs there is asked by the window, or by a plugin
that has been started, and may run while something quite different ends the process."""
BETWEEN: Final = (
    "The desktop ended while plugins were being started, and in no call of one. At this start it is written down which"
    " function of a plugin runs. If that tells nothing, use --safe-mode, and search with: workloom plugin bisect start"
)
SLOT: Final = "slot"
UNCAUGHT: Final = "workloom.plugin_manager.uncaught"
"""Where an error in a slot ends, but for SystemExit, on which Qt ends the process."""


class StartUp:
    """`starts` None: nothing is kept.

    `settled` calls a function on the UI thread when the window of an agent who logs in has been shown and painted.
    `packages`: the plugins by their top-level packages; `careful`: the start before ended between two calls.
    """

    def __init__(
        self,
        starts: StartGuard | None,
        guard: PluginGuard,
        settled: Callable[[Callable[[], None]], None],
        now: Callable[[], datetime],
        packages: Mapping[str, str],
        *,
        careful: bool = False,
    ) -> None:
        self._starts, self._guard, self._now = starts, guard, now
        self.settled = settled
        self._packages, self._careful = packages, careful
        self._being_started = 0
        self._recording, self._changing = Lock(), Lock()
        self._here: list[tuple[str, str]] = []
        self._elsewhere: list[tuple[str, str]] = []
        self._frames: list[int] = []
        self._left_by_error = False

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
            self._guard.recorder = self
        if linger and self._careful and sys.getprofile() is None:
            log.warning(BETWEEN)
            sys.setprofile(self._step)
        try:
            yield
        finally:
            if linger:
                self.settled(self._started)
            else:
                self._started()

    def began(self, place: Place, *, aside: bool) -> None:
        """A guarded call begins."""
        self._begin(place.plugin, place.where, aside=aside)

    def ended(self, place: Place, *, aside: bool) -> None:
        """It is over."""
        self._end(place.plugin, place.where, aside=aside)

    def stuck(self, plugin: str, where: str) -> None:
        """A plugin holds up the window and cannot be broken off, or ends the process itself: on record at any time."""
        if self._starts is not None:
            self._starts.note(plugin, where, self._now(), at_any_time=True)

    def leaving(self, package: str, name: str) -> None:
        """Code of a package ends the process, with `os._exit`: the last that is heard of it."""
        plugin, stack = self._packages.get(package, ""), self._guard.calls.stack
        is_here = self._guard.is_on_ui_thread
        call = stack[-1] if is_here and stack else None
        where = call.where if call is not None and call.plugin == plugin else "slot" if is_here else "thread"
        self.stuck(plugin, f"{name} in {where}")

    def free(self) -> None:
        """It has come back."""
        if self._starts is not None and not self._being_started:
            self._starts.clear()

    def end(self, *, in_order: bool) -> None:
        """The process ends: nothing is written any more, and if that is `in_order`, nothing held against anybody."""
        with self._recording:
            self._guard.recorder = None
            starts, self._starts = self._starts, None
        self._watch_no_more()
        if starts is not None and in_order:
            starts.clear()

    def _begin(self, plugin: str, where: str, *, aside: bool) -> None:
        if aside and not (self._careful or where.startswith(ON_ANY_THREAD)):
            return
        if not aside:
            self._forget_error()
        with self._changing:
            (self._elsewhere if aside else self._here).append((plugin, where))
        self._note()

    def _end(self, plugin: str, where: str, *, aside: bool) -> None:
        calls = self._elsewhere if aside else self._here
        with self._changing:
            place = next((place for place in reversed(range(len(calls))) if calls[place] == (plugin, where)), -1)
            if place < 0:  # it began before the start did
                return
            del calls[place]
        self._note()

    def _note(self) -> None:
        """Write down the innermost call of the UI thread, else the newest elsewhere, else that there is none."""
        starts = self._starts
        if starts is not None:
            newest = (self._here[-1:] or self._elsewhere[-1:] or [("", "")])[0]
            starts.note(*newest, self._now())

    def _watch_no_more(self) -> None:
        if sys.getprofile() == self._step:
            sys.setprofile(None)

    def _step(self, frame: FrameType, event: str, _given: Any) -> None:
        """Of a careful start: a function begins or ends on the UI thread.

        A slot that an error has left stays on record until it is known that the error has not ended the process.
        """
        if event == "call":
            module = str(frame.f_globals.get("__name__", ""))
            plugin = self._packages.get(module.partition(".")[0], "")
            if module == UNCAUGHT:
                self._forget_error()
            elif plugin:
                inside = self._here[-1:] and self._here[-1][0] == plugin
                self._frames.append(id(frame))
                self._begin(plugin, self._here[-1][1] if inside else SLOT, aside=False)
        elif event == "return" and self._frames[-1:] == [id(frame)]:
            self._frames.pop()
            if len(self._here) == 1 and _is_left_by_error(frame):
                self._left_by_error = True
            elif self._here:
                self._end(*self._here[-1], aside=False)

    def _forget_error(self) -> None:
        if self._left_by_error:
            self._left_by_error = False
            self._end(*self._here[-1], aside=False)

    def _started(self) -> None:
        with self._recording:
            self._being_started -= 1
            if not self._being_started and self._starts is not None:
                self._guard.recorder = None
                self._watch_no_more()
                self._here.clear()
                self._elsewhere.clear()
                self._frames.clear()
                self._starts.clear()


def _is_left_by_error(frame: FrameType) -> bool:
    """Whether a function that ends does so by an error: it has not come to where it returns or yields."""
    from dis import opname  # late: rarely needed

    return not opname[frame.f_code.co_code[frame.f_lasti]].startswith(("RETURN", "YIELD"))
