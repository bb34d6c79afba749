"""The watchdog: names the plugin that holds up the window, breaks its loop off, and has one that is stuck paused.

The UI thread beats every 50 ms. When the beats stay out, the watchdog looks at what the thread is doing: a frame of a
plugin that is there at each look holds the window up. An error that is raised in the thread from outside ends any loop
of Python; a call of C that does not return is only named, and its plugin stopped as soon as it does.
"""

import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from msgspec import Struct

from workloom.plugin_manager.meter import Place
from workloom.plugin_manager.ui_calls import UiCalls
from workloom.plugin_manager.ways import Way, clock_of, trace_of, ways_of

BEAT: Final = 0.05
"""Seconds between two beats of the UI thread, and between two looks."""
AT_REST: Final = 0.001
"""Seconds of work between two looks, below which the thread is held to rest, in a call that blocks."""
MOST_BUSY: Final = 10
"""How many times longer than usual something may take on a busy machine, and still be waited for."""
KEPT: Final = 1.0
"""Seconds for which a call of C may keep Python's lock, so that nobody can look, before its plugin is named."""
IMPORTING: Final = "importlib._bootstrap"


class Patience(Struct, frozen=True, kw_only=True):
    """Seconds after which a plugin that holds up the window is named and broken off, and then held to be stuck.

    They are seconds of work of the UI thread, or of rest, where the system tells them apart.
    An import may take `imports` times as long: it happens once, and reads from a disk that may be slow.
    """

    named: float = 0.5
    stuck: float = 5.0
    imports: float = 10.0


class Hang(Struct, frozen=True, kw_only=True):
    """A plugin that holds up the window. `trace`: the way through the code, as that of a fault.

    `where`: the place that was called, empty: the one that is called still.
    """

    plugin: str
    seconds: float
    trace: str
    stuck: bool = False
    where: str = ""


class Watched(Protocol):
    """Whose calls are watched: the plugin manager."""

    @property
    def calls(self) -> UiCalls: ...

    def plugins_by_package(self) -> Mapping[str, str]:
        """The ids of plugins by their top-level packages."""
        ...

    def hung(self, hang: Hang) -> None:
        """A plugin holds up the window."""
        ...

    def lasted(self, seconds: float) -> Place | None:
        """The place of a call that has just ended and took about so long, None if there is none; told of once."""
        ...

    def free(self) -> None:
        """The window is free again, after something had been stuck."""
        ...


class Watchdog:
    """Watches one thread from another. `beat` is called by the watched thread, every `BEAT` seconds."""

    def __init__(self, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        self._thread = threading.get_ident()
        self._watched: Watched | None = None
        self._beats = 0
        self._ended = threading.Event()
        self._dog: threading.Thread | None = None

    def watch(self, watched: Watched) -> None:
        """Begin, or look at another one's calls from now on."""
        watched.calls.thread = self._thread
        self._watched = watched
        if self._dog is None:
            self._dog = threading.Thread(target=self._run, name="watchdog", daemon=True)
            self._dog.start()

    def beat(self) -> None:
        """The thread lives."""
        self._beats += 1

    def end(self) -> None:
        """Stop watching; waits for the thread."""
        self._ended.set()
        if self._watched is not None:
            self._watched.calls.thread = 0
        if self._dog is not None:
            self._dog.join()

    def _run(self) -> None:
        work = clock_of(self._thread)
        look = _Look(self._patience, work)
        beats = self._beats
        kept = _Kept(work)
        while not self._ended.wait(BEAT):
            watched = self._watched
            assert watched is not None
            seconds = kept.seconds()
            hang = None
            if self._beats != beats:
                beats = self._beats
                if look.stuck:
                    watched.free()
                look = _Look(self._patience, work)
            elif sys.gettrace() is None:  # somebody who debugs may take a while
                hang = look.at(ways_of(self._thread), watched.plugins_by_package())
                self._act(watched, look, hang)
            if hang is None and seconds >= KEPT and sys.gettrace() is None:
                self._tell_of_what_was_kept(watched, seconds)

    def _tell_of_what_was_kept(self, watched: Watched, seconds: float) -> None:
        """Name the plugin whose call kept Python's lock till now, and has ended before anybody could look."""
        place = watched.lasted(seconds)
        if place is not None and place.where != "import":
            stuck = seconds >= self._patience.stuck
            trace = f"PluginHang: it held up the window for {seconds:.1f} s"
            watched.hung(Hang(plugin=place.plugin, where=place.where, seconds=seconds, trace=trace, stuck=stuck))

    def _act(self, watched: Watched, look: "_Look", hang: Hang | None) -> None:
        if hang is None:
            return
        guarded = watched.calls.runs(hang.plugin)
        if hang.stuck or not look.told:
            look.told = True
            watched.hung(hang)
        if guarded or look.lasts(ways_of(self._thread)):  # telling takes a while; it may have ended meanwhile
            watched.calls.break_off(hang.plugin, guarded=guarded)


class _Kept:
    """How long the UI thread has kept Python's lock, so that this thread could not look."""

    def __init__(self, work: Callable[[], float] | None) -> None:
        self._work = work
        self._worked, self._at = work() if work is not None else 0.0, time.monotonic()

    def seconds(self) -> float:
        """Seconds since it was last asked in which nobody could look and the UI thread worked; 0 if nobody knows."""
        if self._work is None:
            return 0.0
        worked, at = self._work(), time.monotonic()
        spent, passed = worked - self._worked, at - self._at
        self._worked, self._at = worked, at
        return min(spent, passed - BEAT)


class _Look:
    """What was seen since the last beat: the frames of plugins, and since when each has been there without a break."""

    def __init__(self, patience: Patience, work: Callable[[], float] | None) -> None:
        self._patience, self._work = patience, work
        self._worked = work() if work is not None else 0.0
        self._since: dict[int, tuple[str, float]] | None = None
        self._waited = self._rested = 0.0
        self._looks = 0
        self._blamed, self._next = 0, patience.named
        self.told = self.stuck = False

    def at(self, ways: Sequence[Way], plugins: Mapping[str, str]) -> Hang | None:
        """Look once more; a hang, if it is time to name or break one."""
        here = {one.frame: plugin for one in ways if (plugin := plugins.get(one.module.partition(".")[0], ""))}
        first = self._since is None
        kept = {key: (plugin, 0.0) for key, plugin in here.items()} if first else self._kept(ways)
        if not kept:  # the one before has ended; another may follow before the thread beats
            self._since = None
            self._waited = self._rested = 0.0
            self._looks = 0
            self._blamed, self.told = 0, False
            return None
        if self._blamed not in kept:  # it has ended, and what it was called by goes on
            self._blamed, self.told = 0, False
        waited = self._wait()
        self._since = {key: kept.get(key, (plugin, waited)) for key, plugin in here.items()}
        return self._blame(ways, waited)

    def _blame(self, ways: Sequence[Way], waited: float) -> Hang | None:
        """The hang of the innermost call that lasts, if any has lasted too long.

        A call that an innocent plugin makes may be the one that does not end: it gets its own time before one of the
        two is blamed. Calls that are short, again and again, are the fault of who makes them.
        """
        assert self._since is not None
        ages = {key: waited - since for key, (_plugin, since) in self._since.items()}
        grace = self._patience.named / 2
        lasts = max(grace - BEAT, BEAT / 2)
        found = ((index, one) for index, one in enumerate(ways) if ages.get(one.frame, -1.0) >= lasts)
        inner, way = next(found, (0, None))
        if way is None:
            return None
        patience = self._patience.imports if any(one.module == IMPORTING for one in ways[:inner]) else 1.0
        age = ages[way.frame]
        due = self._next if way.frame == self._blamed else self._patience.named
        if any(one.frame in ages for one in ways[:inner]):  # what it has just called may be what lasts
            due += grace
        if age < due * patience - BEAT / 2:  # sums of fractions are never quite even
            return None
        self._next, self._blamed = due + self._patience.named, way.frame
        stuck = not self.stuck and age >= self._patience.stuck * patience
        self.stuck = self.stuck or stuck
        return Hang(
            plugin=self._since[way.frame][0],
            seconds=age,
            trace=trace_of(ways, f"PluginHang: it held up the window for {age:.1f} s"),
            stuck=stuck,
        )

    def lasts(self, ways: Sequence[Way]) -> bool:
        """Whether what is blamed is there still."""
        self._since = self._kept(ways)
        return self._blamed in self._since

    def _kept(self, ways: Sequence[Way]) -> dict[int, tuple[str, float]]:
        """What was there at each look and is there still."""
        assert self._since is not None
        same = {one.frame for one in ways if not one.is_new}
        return {key: known for key, known in self._since.items() if key in same}

    def _wait(self) -> float:
        """Seconds for which the plugin is to be blamed.

        They are those that the thread has worked, or rested without a break: on a machine that has more to do than it
        can, a quick plugin takes long as well, and a loop is broken off a little later.
        """
        if self._work is None:
            self._waited += BEAT
            return self._waited
        worked = self._work()
        spent, self._worked = worked - self._worked, worked
        self._waited += spent
        self._rested = self._rested + BEAT if spent < AT_REST else 0.0
        self._looks += 1
        return max(self._waited + self._rested, self._looks * BEAT / MOST_BUSY)
