"""What another thread is doing: the functions that it is in, and how long it has worked."""

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate, chain, cycle, filterfalse, repeat, starmap, takewhile
from operator import attrgetter, call, is_not, methodcaller
from threading import Lock
from types import CodeType
from typing import Any, NamedTuple


def clock_of(thread: int) -> Callable[[], float] | None:
    """The seconds that a thread has worked, None where the system does not tell."""
    clock_of = getattr(time, "pthread_getcpuclockid", None)
    if clock_of is None:
        return None
    try:
        return partial(time.clock_gettime, clock_of(thread))
    except OSError:
        return None


_looking = Lock()


@contextmanager
def _nothing_is_collected() -> Iterator[None]:
    """Keep the garbage collector off while the frames of all threads are asked for.

    Python holds its list of threads meanwhile, and makes frames, which may have it collect: what ends then may let go
    of the interpreter, and the next thread that begins or ends waits for that list for ever, and all others for it
    (CPython's gh-106883; in 3.11 until 3.11.9).
    """
    with _looking:
        was_on = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_on:
                gc.enable()


class Way(NamedTuple):
    """One function that a thread is in.

    `frame`: the identity of this call of it, as long as it lasts; the next call may get the same. `is_new`: nobody has
    looked at this call before.
    """

    frame: int
    code: CodeType
    line: int
    module: str
    is_new: bool = False


def _looked_at(*_event: object) -> None:
    """The mark of a call that was looked at. It stands where a debugger puts what it wants to be told, and wants none.

    Other than the identity it ends with the call, and nobody has to keep the call for it.
    """


def ways_of(thread: int) -> list[Way]:
    """The functions that another thread is in, innermost first; empty if there is no such thread.

    Nothing is kept of its frames, not even for a moment. Who has hold of one while the thread runs on has what it holds
    end late, and on their own thread; the program ends when that is a painter. So the frames are walked within one call
    of `list`, through functions of C alone: Python changes the thread only between calls.
    """
    parts: cycle[Callable[[object], Any]] = cycle((id, attrgetter("f_code", "f_lineno", "f_globals", "f_trace")))
    each_twice = chain.from_iterable(map(repeat, _frames_of(thread), repeat(2)))
    unmarked = filterfalse(attrgetter("f_trace"), _frames_of(thread))
    marking = map(setattr, unmarked, repeat("f_trace"), repeat(_looked_at))  # gives None each time
    with _nothing_is_collected():
        told: list[Any] = list(filter(None, chain(map(call, parts, each_twice), marking)))
    return [
        Way(frame, code, line or 0, str(names.get("__name__", "")), is_new=trace is None)
        for frame, (code, line, names, trace) in zip(told[::2], told[1::2], strict=True)
    ]


def _frames_of(thread: int) -> Iterator[Any]:
    """The frames of a thread, innermost first, asked for when the first is; through functions of C alone."""
    innermost = map(methodcaller("get", thread), starmap(sys._current_frames, ((),)))  # noqa: SLF001  # documented
    return takewhile(partial(is_not, None), accumulate(chain(innermost, repeat("f_back")), getattr))


def trace_of(ways: Sequence[Way], last: str) -> str:
    """The way through the code as that of a fault, with a last line that says what is wrong."""
    lines = [f'  File "{one.code.co_filename}", line {one.line}, in {one.code.co_qualname}' for one in ways[:20]]
    return "\n".join([*reversed(lines), last])
