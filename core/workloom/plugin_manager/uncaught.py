"""Errors that reach nobody, in a slot or on a thread: the plugin they came out of is named, and the desktop goes on."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from workloom.api.plugins import Undo

Blame = Callable[[BaseException, str], str]


def watch_uncaught(blame: Blame) -> Undo:
    """Ask `blame(error, where)` of each uncaught error; what is nobody's goes where it went before. Returns its undo.

    PyQt ends the process on an error in a slot unless `sys.excepthook` is replaced.
    """
    in_slot, on_thread = sys.excepthook, threading.excepthook

    def slot_failed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt) or not blame(error, "slot"):
            in_slot(kind, error, trace)

    def thread_failed(args: threading.ExceptHookArgs) -> None:
        where = f"thread {args.thread.name}" if args.thread else "thread"
        if args.exc_value is None or not blame(args.exc_value, where):
            on_thread(args)

    sys.excepthook, threading.excepthook = slot_failed, thread_failed

    def undo() -> None:
        if sys.excepthook is slot_failed:
            sys.excepthook = in_slot
        if threading.excepthook is thread_failed:
            threading.excepthook = on_thread

    return undo
