"""Which calls into plugins run on the UI thread just now, and how one of them is broken off without hitting others."""

import time
from typing import Final

from workloom.plugin_manager.meter import Place

MOST_AIMS: Final = 50
"""How often it is tried to find a moment in which no call begins or ends."""
LONGEST_AIM: Final = 1.0
"""Seconds within which a break that is on its way has arrived."""


class PluginHang(BaseException):
    """A plugin has held up the window, and the call is broken off. Recorded by the watchdog, before it is raised."""


class UiCalls:
    """The guarded calls that run on the UI thread, innermost last. `thread` 0: nobody watches.

    The watchdog raises PluginHang in the UI thread from its own, and it must not arrive a moment too late, in code of
    the desktop. It sets `aimed` before it looks once more whether anything has begun or ended, and the guard looks at
    `aimed` after it has said that a call has ended: one of the two sees the other, and the guard waits for what is
    coming while it still catches it.

    `nested`: nanoseconds of the call that runs, which calls that it made have taken and are charged with.
    """

    __slots__ = ("aimed", "blamed", "nested", "stack", "thread", "turn")

    def __init__(self) -> None:
        self.thread = 0
        self.stack: list[Place] = []
        self.turn = self.nested = 0
        self.aimed = False
        self.blamed = ""

    def take(self) -> None:
        """Wait for the break that is on its way; raises PluginHang. Returns if it was called off."""
        until = time.monotonic() + LONGEST_AIM
        while self.aimed and time.monotonic() < until:
            time.sleep(0.001)
        self.aimed = False

    def leave(self, depth: int) -> None:
        """A call has ended with an error, so that `depth` calls are left. What is on its way is taken with it."""
        self.turn += 1
        del self.stack[depth:]
        try:
            if self.aimed:
                self.take()
        except PluginHang:
            self.aimed = False

    def is_anothers(self, plugin: str) -> bool:
        """Whether a break is meant for a call further out, of another plugin."""
        return plugin != self.blamed and any(place.plugin == self.blamed for place in self.stack)

    def runs(self, plugin: str) -> bool:
        """Whether a guarded call of a plugin runs."""
        return any(place.plugin == plugin for place in self.stack.copy())

    def break_off(self, plugin: str, *, guarded: bool) -> bool:
        """From the watchdog's thread: raise PluginHang in the UI thread. False if the call has ended meanwhile.

        `guarded`: the plugin was called under guard, so that the guard must be there to catch it.
        """
        import ctypes  # late: a desktop where nothing hangs does without

        for _ in range(MOST_AIMS if guarded else 1):
            turn = self.turn
            if guarded and not self.runs(plugin):
                return False
            self.blamed, self.aimed = plugin, guarded
            if self.turn == turn:
                set_error = ctypes.pythonapi.PyThreadState_SetAsyncExc
                return bool(set_error(ctypes.c_ulong(self.thread), ctypes.py_object(PluginHang)))
            self.aimed = False
        return False
