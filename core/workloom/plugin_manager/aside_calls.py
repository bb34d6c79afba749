"""Calls into plugins off the UI thread: one that takes too long is named, and its loop broken off.

A call that somebody waits for has a time-out; any call may be at work for `MOST_WORK` seconds, since a loop that never
ends takes time from the window too. Waiting for a slow system is no work. What cannot be broken off, a call of C that
does not return, is named all the same, and nobody waits for it any longer.
"""

import time
from collections.abc import Callable, Mapping
from threading import Event, Lock, Thread, get_ident
from typing import Final
from weakref import ref

from workloom.plugin_manager.meter import Place
from workloom.plugin_manager.ui_calls import LONGEST_AIM, PluginHang
from workloom.plugin_manager.ways import Way, clock_of, trace_of, ways_of

LOOK: Final = 0.1
"""Seconds between two looks, while any call runs."""
MOST_WORK: Final = 10.0
"""Seconds of work after which a call is held to be a loop without end."""
IDLE: Final = 5.0
"""Seconds between two looks whether anybody is still there, while nothing runs."""
AGAIN: Final = 0.5
"""Seconds after which a call that has caught the break is broken off again."""
CORE: Final = "workloom"

Late = Callable[[Place, str, str], None]
"""Told of a call that takes too long: the place, the kind of error, and the way through its code."""


class AsideCall:
    """One call. `seconds`: its time-out, 0 = it has none."""

    __slots__ = ("aimed", "began", "clock", "ended", "lock", "outer", "place", "seconds", "thread", "told", "worked")

    def __init__(self, place: Place, seconds: float, outer: "AsideCall | None") -> None:
        self.place, self.seconds, self.outer = place, seconds, outer
        self.thread = get_ident()
        self.clock = clock_of(self.thread)  # asked here: who asks for the clock of a thread that has ended may crash
        self.began, self.worked = time.monotonic(), time.thread_time()
        self.lock = Lock()
        self.ended = self.told = False
        self.aimed = 0.0

    def end(self) -> None:
        """It has returned: no break is sent from now on, and one that is on its way is taken. Raises PluginHang."""
        with self.lock:
            self.ended = True
        until = time.monotonic() + LONGEST_AIM
        while self.aimed and time.monotonic() < until:
            time.sleep(0.001)


class AsideCalls:
    """All such calls of this process, and the thread that looks at them, which begins with the first one.

    `packages`: the plugins by their top-level packages. A thread that is in the desktop's own code is not broken off
    there, but as soon as it is back in that of the plugin.
    """

    def __init__(self, late: Late) -> None:
        self.packages: Mapping[str, str] = {}
        self._late = late
        self._running: dict[int, AsideCall] = {}  # the innermost of each thread
        self._some = Event()
        self._starting = Lock()
        self._looking: Thread | None = None

    def enter(self, place: Place, seconds: float) -> AsideCall:
        """A call begins on this thread."""
        call = AsideCall(place, seconds, self._running.get(get_ident()))
        self._running[call.thread] = call
        if not self._some.is_set():
            self._some.set()
        if self._looking is None:
            self._start()
        return call

    def leave(self, call: AsideCall) -> None:
        """It is over, whatever became of it."""
        with call.lock:
            call.ended = True
        if call.outer is not None:
            self._running[call.thread] = call.outer
        else:
            self._running.pop(call.thread, None)

    def _start(self) -> None:
        with self._starting:
            if self._looking is None:
                self._looking = Thread(
                    target=_look_at, args=(ref(self), self._some), name="calls off the window", daemon=True
                )
                self._looking.start()

    def look(self) -> None:
        """Look at all that runs."""
        running = tuple(self._running.values())
        if not running:
            self._some.clear()
            if self._running:  # one has begun meanwhile
                self._some.set()
        for call in running:
            self._judge(call)

    def _judge(self, inner: AsideCall) -> None:
        """Look at the innermost call of a thread, and those that it is called by."""
        now = time.monotonic()
        due = inner
        call: AsideCall | None = inner
        while call is not None:  # the outermost that is late is the one that somebody waits for
            if call.seconds and now - call.began >= call.seconds:
                due = call
            call = call.outer
        late = bool(due.seconds) and now - due.began >= due.seconds
        if not late and now - due.began < MOST_WORK:
            return
        if not late and not due.told and self._worked(due) < MOST_WORK:
            return
        ways = ways_of(due.thread)
        if not due.told:
            due.told = True
            self._tell(due, ways, late=late)
        elif now - due.aimed < AGAIN:
            return
        self._break_off(due, ways)

    def _worked(self, call: AsideCall) -> float:
        try:
            return call.clock() - call.worked if call.clock is not None else time.monotonic() - call.began
        except OSError:  # the thread has ended
            return 0.0

    def _tell(self, call: AsideCall, ways: list[Way], *, late: bool) -> None:
        if late:
            self._late(
                call.place, "TimeoutError", trace_of(ways, f"TimeoutError: no answer within {call.seconds:g} seconds")
            )
        else:
            self._late(call.place, "PluginHang", trace_of(ways, f"PluginHang: it was at work for {MOST_WORK:.0f} s"))

    def _break_off(self, call: AsideCall, ways: list[Way]) -> None:
        """Raise PluginHang in its thread, unless that is in code of the desktop just now."""
        if not self._in_plugin(ways):
            return
        import ctypes  # late: a desktop where nothing hangs does without

        with call.lock:
            if call.ended:
                return
            call.aimed = time.monotonic()
            thread, error = ctypes.c_ulong(call.thread), ctypes.py_object(PluginHang)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, error)

    def _in_plugin(self, ways: list[Way]) -> bool:
        for one in ways:
            package = one.module.partition(".")[0]
            if package in self.packages:
                return True
            if package == CORE:
                return False
        return False


def _look_at(calls: "ref[AsideCalls]", some: Event) -> None:
    """What the thread does, without keeping the calls: it ends with whom they belong to."""
    while (there := calls()) is not None:
        there.look()
        del there
        some.wait(IDLE)
        time.sleep(LOOK)
