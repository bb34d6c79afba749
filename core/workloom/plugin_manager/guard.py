"""The guard: whatever a plugin raises ends here, with the plugin's name, and the rest of the desktop goes on.

Every call into a plugin passes here: its import, its construction, its hooks, the callbacks that it hands to the shell,
and its undos. Each is measured.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import get_ident
from time import perf_counter_ns
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

from workloom.api.plugins import Fault
from workloom.plugin_manager.faults import Faults
from workloom.plugin_manager.meter import ROUND, Meter, Place
from workloom.plugin_manager.ui_calls import PluginHang, UiCalls

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")
Passing = type[Exception] | tuple[type[Exception], ...]


class Implementation(NamedTuple):
    """One plugin's implementation of a hook; `call` takes all arguments of the specification, in its order."""

    plugin: str
    place: Place
    call: Callable[..., Any]


class PluginGuard:
    """Calls plugins. `failed` hears of each fault after it was recorded.

    `beginning` is told of each call before it is made, as long as plugins are being started.
    """

    def __init__(self, faults: Faults, failed: Callable[[Fault], None], meter: Meter | None = None) -> None:
        self._faults = faults
        self._failed = failed
        self.meter = meter or Meter()
        self.calls = UiCalls()
        self.beginning: Callable[[Place], None] | None = None

    def call(
        self,
        plugin: str,
        what: str,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        passing: Passing = (),
    ) -> Result | None:
        """The result of the function, None after a fault.

        Every kind of error is a fault, SystemExit and what is no Exception too: no plugin ends the desktop. Errors of
        the kinds in `passing` come through, as answers of the plugin. So does KeyboardInterrupt: it is Ctrl+C of the
        person who started the program, whatever code it happens to hit.
        """
        return self.run(self.meter.place(plugin, what), function, *args, passing=passing)

    def run(
        self, place: Place, function: Callable[[*Arguments], Result], *args: *Arguments, passing: Passing = ()
    ) -> Result | None:
        """Like `call`, for who calls the same place again and again and has kept it."""
        if self.beginning is not None:
            self.beginning(place)
        ui = self.calls
        if ui.thread != get_ident():
            return self._run(place, function, args, passing)
        depth = len(ui.stack)
        began = perf_counter_ns()
        try:
            ui.turn += 1
            ui.stack.append(place)  # from here on a break may come, so it stands within
            result = function(*args)
            ui.turn += 1
            del ui.stack[depth:]
            if ui.aimed:
                ui.take()
        except PluginHang:
            ui.aimed = False
            ui.leave(depth)
            self.meter.ended(place, began, failed=True)
            if ui.is_anothers(place.plugin):
                raise
            return None
        except BaseException as error:  # noqa: BLE001  # as below
            ui.leave(depth)
            self._failed_in(place, began, error, passing)
            return None
        self.meter.ended(place, began)
        return result

    def _run(
        self, place: Place, function: Callable[[*Arguments], Result], args: tuple[*Arguments], passing: Passing
    ) -> Result | None:
        """On a thread that nobody watches."""
        began = perf_counter_ns()
        try:
            result = function(*args)
        except BaseException as error:  # noqa: BLE001  # the one place that contains the faults of plugins
            self._failed_in(place, began, error, passing)
            return None
        self.meter.ended(place, began)
        return result

    def _failed_in(self, place: Place, began: int, error: BaseException, passing: Passing) -> None:
        if isinstance(error, KeyboardInterrupt):
            raise error
        if isinstance(error, passing):
            self.meter.ended(place, began)
            raise error
        self.meter.ended(place, began, failed=True)
        self.fault(place.plugin, place.where, error)

    def tell(
        self, implementations: Iterable[Implementation], contexts: Mapping[str, Any], given: Sequence[Any]
    ) -> None:
        """Call each implementation whose plugin has a context, with it and what is given.

        The loop of hooks that are called for each event: what `run` and the meter do stands in here once more, because
        a call of Python's costs as much as all of it. UI thread only.
        """
        note, last, ui = self.meter.note, ROUND, self.calls
        stack, beginning = ui.stack, self.beginning
        depth = len(stack)
        began = perf_counter_ns()
        for plugin, place, call in implementations:
            context = contexts.get(plugin)
            if context is None:
                continue
            if beginning is not None:
                beginning(place)
            try:
                ui.turn += 1
                stack.append(place)
                call(context, *given)
                ui.turn += 1
                stack.pop()
                if ui.aimed:
                    ui.take()
            except PluginHang:
                ui.aimed = False
                ui.leave(depth)
                self.meter.ended(place, began, failed=True)
                if ui.is_anothers(plugin):
                    raise
                began = perf_counter_ns()
            except BaseException as error:  # noqa: BLE001  # as above
                ui.leave(depth)
                self._failed_in(place, began, error, ())
                began = perf_counter_ns()
            else:
                ended = perf_counter_ns()
                spent, calls = ended - began, place.calls
                place.times[calls & last] = spent
                place.calls = calls + 1
                place.total += spent
                if spent > place.longest:
                    place.longest = spent
                note((place, began, ended, False))
                began = ended

    def fault(self, plugin: str, what: str, error: BaseException) -> None:
        """Record a fault that was found otherwise than by a raise, such as a result of a wrong type."""
        self._failed(self._faults.record(plugin, what, error, message_of(error)))


def message_of(error: BaseException) -> str:
    """What an error says; empty if it cannot even say that."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001  # a plugin's own kind of error may fail in its own text
        return ""
