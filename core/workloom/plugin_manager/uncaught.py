"""Errors that reach nobody, in a slot or on a thread: the plugin they came out of is named, and the desktop goes on."""

import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from traceback import clear_frames
from types import TracebackType

from workloom.api.plugins import Undo
from workloom.plugin_manager.ui_calls import PluginHang

Blame = Callable[[BaseException, str], str]


def watch_uncaught(blame: Blame) -> Undo:
    """Ask `blame(error, where)` of each uncaught error; what is nobody's goes where it went before. Returns its undo.

    PyQt ends the process on an error in a slot unless `sys.excepthook` is replaced.
    """
    return _Watch(blame).end


class _Watch:
    """Stands before the three hooks of Python.

    While `sys.excepthook` works, on any thread, PyQt does not call it for a second error, which then comes out of
    whatever is called next. So our hook only hands the error on, to a thread of its own that does the rest. Before, the
    functions that the error came out of let go of what they hold: a painter that outlives the painting of its widget,
    or ends on another thread, ends the process.

    A break of the watchdog may hit what Python calls on its own, such as the call-back of a weak reference, out of
    which no error gets. It is no news: the watchdog, which has named the plugin, sends another if the plugin goes on.
    """

    def __init__(self, blame: Blame) -> None:
        self._blame = blame
        self._in_slot, self._on_thread = sys.excepthook, threading.excepthook
        self._on_its_own = sys.unraisablehook
        self._handed: SimpleQueue[tuple[type[BaseException], BaseException, TracebackType | None] | None]
        self._handed = SimpleQueue()
        self._watching = True
        self._worker = threading.Thread(target=self._work, name="uncaught errors", daemon=True)
        self._worker.start()
        self._set = self._slot_failed, self._thread_failed, self._own_call_failed
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._set

    def end(self) -> None:
        """Put things back, after what was handed on is done. If somebody has wrapped our hooks since, they let pass."""
        self._watching = False
        if sys.excepthook is self._set[0]:
            sys.excepthook = self._in_slot
        if threading.excepthook is self._set[1]:
            threading.excepthook = self._on_thread
        if sys.unraisablehook is self._set[2]:
            sys.unraisablehook = self._on_its_own
        self._handed.put(None)
        self._worker.join()

    def _slot_failed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        clear_frames(trace)
        _clear_before(error)
        if self._watching and kind is not KeyboardInterrupt:
            self._handed.put((kind, error, trace))
        else:
            self._in_slot(kind, error, trace)

    def _thread_failed(self, args: threading.ExceptHookArgs) -> None:
        where = f"thread {args.thread.name}" if args.thread else "thread"
        if not self._watching or args.exc_value is None or not self._blame(args.exc_value, where):
            self._on_thread(args)

    def _own_call_failed(self, args: "sys.UnraisableHookArgs") -> None:
        if not self._watching or not isinstance(args.exc_value, PluginHang):
            self._on_its_own(args)

    def _work(self) -> None:
        while (one := self._handed.get()) is not None:
            if not self._blame(one[1], "slot"):
                self._in_slot(*one)
            del one  # nothing of the plugin is kept until the next error


def _clear_before(error: BaseException) -> None:
    """Clear the functions out of which those errors came that one was raised after or from."""
    seen: list[BaseException] = []
    left = [error.__context__, error.__cause__]
    while left:
        one = left.pop()
        if one is not None and not any(one is other for other in seen):
            seen.append(one)
            clear_frames(one.__traceback__)
            left += [one.__context__, one.__cause__]
