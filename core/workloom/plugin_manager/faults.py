"""Faults of plugins: what is said of one, who is told, and when there were too many."""

import logging
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Lock
from traceback import walk_tb
from types import CodeType
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from workloom.api.plugins import Fault, Undo
from workloom.plugin_manager.ui_calls import PluginHang

log = logging.getLogger("workloom.plugins")

KEPT: Final = 200
"""Faults that are remembered; older ones are in the log."""
LONGEST_WAY: Final = 40
"""Calls of a trace that are kept, half of them at either end."""


class BadPlugin(Exception):
    """What a plugin gave or is does not fit. The text says what was expected and found; it holds no customer data."""


class Strikes(Struct, frozen=True, kw_only=True):
    """A plugin with `limit` faults within `within` is paused."""

    limit: int = 4
    within: timedelta = timedelta(minutes=15)

    def said(self) -> str:
        """Why a plugin was paused, for the agent."""
        minutes = int(self.within.total_seconds() // 60)
        return f"It failed {self.limit} times in {minutes} minutes."


class Faults:
    """The faults of this process. Any thread may record."""

    def __init__(self, now: Callable[[], datetime], strikes: Strikes) -> None:
        self.strikes = strikes
        self.files: Mapping[str, str] = {}
        """The manifests of the plugins by their ids: what does not fit is named with its file."""
        self._now = now
        self._lock = Lock()
        self._kept: deque[Fault] = deque(maxlen=KEPT)
        self._recent: dict[str, deque[datetime]] = {}
        self._listeners: dict[int, Callable[[Fault], None]] = {}
        self._numbers = count()

    def record(self, plugin: str, where: str, error: BaseException, said: str) -> Fault:
        """Keep a fault, write it to the log and tell the listeners. `said` is the message of the error."""
        if isinstance(error, BadPlugin):
            said = self._with_file(plugin, where, said)
        return self._keep(describe(plugin, where, error, said, self._now()))

    def hung(
        self, plugin: str, where: str, trace: str, *, stuck: bool = False, error: str = PluginHang.__qualname__
    ) -> Fault:
        """Like `record`, for a call that does not come back, seen from outside; one that is stuck is paused at once."""
        said = trace.rpartition("\n")[2].partition(": ")[2]
        return self._keep(
            Fault(plugin=plugin, where=where, error=error, at=self._now(), trace=trace, said=said, paused=stuck)
        )

    def _keep(self, fault: Fault) -> Fault:
        with self._lock:
            if self._is_one_too_many(fault):
                fault = replace(fault, paused=True)
            self._kept.append(fault)
            listeners = tuple(self._listeners.values())
        log.error("Plugin %s failed in %s: %s\n%s", fault.plugin, fault.where, fault.error, fault.trace)
        for listener in listeners:
            listener(fault)
        return fault

    def all(self) -> tuple[Fault, ...]:
        """The last faults, oldest first."""
        with self._lock:
            return tuple(self._kept)

    def on_fault(self, told: Callable[[Fault], None]) -> Undo:
        """Call `told` after each fault; returns its undo."""
        number = next(self._numbers)
        with self._lock:
            self._listeners[number] = told

        def undo() -> None:
            with self._lock:
                self._listeners.pop(number, None)

        return undo

    def forgive(self, plugin: str) -> None:
        """Begin to count anew: the plugin was started again."""
        with self._lock:
            self._recent.pop(plugin, None)

    def _with_file(self, plugin: str, where: str, said: str) -> str:
        file = self.files.get(plugin, "")
        is_named = not file or str(Path(file).parent) in f"{where} {said}"
        return said if is_named else f"{file}: {said}"

    def _is_one_too_many(self, fault: Fault) -> bool:
        recent = self._recent.setdefault(fault.plugin, deque(maxlen=self.strikes.limit))
        recent.append(fault.at)
        return len(recent) == self.strikes.limit and fault.at - recent[0] <= self.strikes.within


def describe(plugin: str, where: str, error: BaseException, said: str, at: datetime) -> Fault:
    """A fault as text only: neither the error nor a frame is kept alive, and no message goes into the trace."""
    trace = _trace(error, said)
    return Fault(plugin=plugin, where=where, error=type(error).__qualname__, at=at, trace=trace, said=said)


def plugin_of(error: BaseException, packages: Mapping[str, str]) -> str:
    """The plugin whose code is innermost on the way of an error, by `packages` (top-level package → id); else empty."""
    found = ""
    for frame, _line in walk_tb(error.__traceback__):
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        found = packages.get(package, found)
    return found


def _trace(error: BaseException, said: str) -> str:
    """The way of an error, and before it those of the errors that it came from; innermost calls last."""
    parts = [_one_trace(error, said)]
    seen = {id(error)}
    cause = _cause(error)
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        parts.insert(0, _one_trace(cause, ""))
        cause = _cause(cause)
    return "\nwhich led to\n".join(parts)


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _one_trace(error: BaseException, said: str) -> str:
    lines = []
    code = None
    for frame, line in walk_tb(error.__traceback__):
        code = frame.f_code
        if not code.co_filename.startswith("<frozen importlib"):  # six frames at each import, and nothing to learn
            lines.append(f'  File "{code.co_filename}", line {line}, in {code.co_qualname}')
    if len(lines) > LONGEST_WAY:
        lines[LONGEST_WAY // 2 : -LONGEST_WAY // 2] = [f"  … {len(lines) - LONGEST_WAY} more calls …"]
    harmless = said if _speaks_of_code(error, code) else ""
    lines.append(f"{type(error).__qualname__}: {harmless}" if harmless else type(error).__qualname__)
    return "\n".join(lines)


def _speaks_of_code(error: BaseException, code: CodeType | None) -> bool:
    """Whether the message speaks of code only. The messages of all other errors may quote what a customer wrote."""
    if isinstance(error, AttributeError | NameError):
        # A plugin's own kind of error may have something else of that name, which is code of the plugin.
        name = vars(AttributeError if isinstance(error, AttributeError) else NameError)["name"].__get__(error)
        return code is not None and isinstance(name, str) and name in code.co_names
    return isinstance(error, BadPlugin | ImportError | SyntaxError)
