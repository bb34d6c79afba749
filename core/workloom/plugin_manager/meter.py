"""Measures every call into a plugin: how often, how long, how it ended. Cheap enough to be on all the time."""

import logging
from array import array
from collections import deque
from datetime import UTC, datetime
from time import perf_counter_ns, time_ns
from typing import Final

from workloom.api.inspection import CallTiming, TracedCall

log = logging.getLogger("workloom.plugins")

KEPT_CALLS: Final = 500
"""Calls of the trace that are remembered, over all plugins."""
KEPT_TIMES: Final = 128
"""Times that are remembered of each place: a power of two."""
ROUND: Final = KEPT_TIMES - 1
BUDGETS: Final = {
    "start-up": 500.0,
    "import": 300.0,
    "start": 50.0,
    "hook": 50.0,
    "view": 100.0,
    "action": 100.0,
    "state": 5.0,
    "subscriber": 5.0,
    "then": 50.0,
    "save": 50.0,
}
"""Milliseconds that a call may take on the UI thread, by the first word of its place; the others have no budget."""
START_UP: Final = "start-up"
"""The place that stands for all that a plugin does until an agent can work with it."""
HOOK_BUDGETS: Final = {"hook interaction_changed": 5.0}


class Place:
    """One place of one plugin that is called, with what its calls took in nanoseconds.

    Two threads in the same place may lose a count to each other; a figure for people need not be exact to one call.
    """

    __slots__ = ("calls", "faults", "longest", "plugin", "times", "total", "where")

    def __init__(self, plugin: str, where: str) -> None:
        self.plugin, self.where = plugin, where
        self.calls = self.total = self.longest = self.faults = 0
        self.times = array("q", bytes(8 * KEPT_TIMES))

    def timing(self) -> CallTiming:
        """What people see of it."""
        times = sorted(self.times[: min(self.calls, KEPT_TIMES)])
        return CallTiming(
            plugin=self.plugin,
            where=self.where,
            calls=self.calls,
            mean=_milliseconds(self.total / max(1, self.calls)),
            percentile=_milliseconds(times[(len(times) * 95 - 1) // 100]) if times else 0.0,
            longest=_milliseconds(self.longest),
            budget=budget_of(self.where),
            faults=self.faults,
        )


class Meter:
    """All places of this process, and the last calls."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], Place] = {}
        self._calls: deque[tuple[Place, int, int, bool, int]] = deque(maxlen=KEPT_CALLS)
        self.note = self._calls.append
        self._told = 0
        self._epoch = time_ns() - perf_counter_ns()

    def place(self, plugin: str, where: str) -> Place:
        """The place of that name, made at its first call."""
        key = plugin, where
        found = self._places.get(key)
        if found is None:
            found = self._places.setdefault(key, Place(plugin, where))
        return found

    def ended(self, place: Place, began: int, *, failed: bool = False, nested: int = 0) -> int:
        """A call has ended that began at this `perf_counter_ns`; when that was.

        `nested`: nanoseconds of it that calls into plugins took which it made itself; they are charged to those.
        """
        now = perf_counter_ns()
        spent = now - began - nested
        count(place, spent)
        if failed:
            place.faults += 1
        self.note((place, began, now, failed, spent))
        return now

    def started(self, plugin: str) -> None:
        """A plugin has been started: what that took in all, its import included, is a place of its own."""
        place = self.place(plugin, START_UP)
        if place.calls:
            return  # for another agent; most of it is done once
        parts = [one for (of, where), one in self._places.copy().items() if of == plugin and _belongs(where)]
        count(place, sum(one.total for one in parts))
        timing = place.timing()
        if timing.longest > timing.budget:
            log.warning("Plugin %s took %.0f ms to start; its budget is %.0f ms", plugin, timing.longest, timing.budget)

    def timings(self) -> tuple[CallTiming, ...]:
        """By plugin and place."""
        return tuple(place.timing() for _key, place in sorted(self._places.copy().items()))

    def lasted(self, seconds: float) -> Place | None:
        """The place of the last call that took so long, but for calls within it, and has just ended; told of once."""
        now, told = perf_counter_ns(), self._told
        for place, _began, ended, _failed, spent in reversed(self._calls.copy()):
            if ended <= told or now - ended > seconds * 1e9:
                return None
            if spent >= seconds * 0.9e9 and not place.where.startswith("read"):
                self._told = ended
                return place
        return None

    def trace(self, after: int = 0) -> tuple[TracedCall, ...]:
        """The last calls with a number above `after`, oldest first."""
        return tuple(
            TracedCall(
                number=ended,
                at=self._at(began),
                plugin=place.plugin,
                where=place.where,
                took=_milliseconds(spent),
                failed=failed,
            )
            for place, began, ended, failed, spent in self._calls.copy()
            if ended > after
        )

    def _at(self, counted: int) -> datetime:
        return datetime.fromtimestamp((self._epoch + counted) / 1e9, UTC)


def count(place: Place, spent: int) -> None:
    """Count a call of so many nanoseconds; the guard does the same in its fast loop."""
    calls = place.calls
    place.times[calls & ROUND] = spent
    place.calls = calls + 1
    place.total += spent
    if spent > place.longest:
        place.longest = spent


def _belongs(where: str) -> bool:
    return where in ("import", "start") or where.startswith("hook ")


def budget_of(where: str) -> float:
    """Milliseconds that a place may take on the UI thread; 0 = it has no budget."""
    return HOOK_BUDGETS.get(where, BUDGETS.get(where.partition(" ")[0], 0.0))


def _milliseconds(nanoseconds: float) -> float:
    return nanoseconds / 1e6
