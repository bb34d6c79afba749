"""The guard: whatever a plugin raises ends here, with the plugin's name, and the rest of the desktop goes on.

Every call into a plugin passes here: its import, its construction, its hooks, the callbacks that it hands to the shell,
and its undos. Each is measured.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread, get_ident, local
from time import perf_counter_ns
from typing import Any, NamedTuple, Protocol, TypeVar, TypeVarTuple

from workloom.api.plugins import Fault
from workloom.plugin_manager.aside_calls import AsideCalls
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


class Recorder(Protocol):
    """Writes down which calls run."""

    def began(self, place: Place, *, aside: bool) -> None:
        """A call begins, on the UI thread or aside."""
        ...

    def ended(self, place: Place, *, aside: bool) -> None:
        """It is over, whatever became of it."""
        ...


class _Nested(local):
    """Nanoseconds of the call that runs on this thread, which calls that it made have taken and are charged with."""

    spent = 0


class PluginGuard:
    """Calls plugins. `failed` hears of each fault after it was recorded.

    `recorder` is told of each call before and after it, as long as plugins are being started. `calls` are those on the
    UI thread, which the watchdog looks at, `aside` all others.
    """

    def __init__(self, faults: Faults, failed: Callable[[Fault], None], meter: Meter | None = None) -> None:
        self._faults = faults
        self._failed = failed
        self.meter = meter or Meter()
        self.calls = UiCalls()
        self.aside = AsideCalls(self._late)
        self.recorder: Recorder | None = None
        self._nested = _Nested()
        self._not_back: dict[Place, Thread] = {}

    @property
    def is_on_ui_thread(self) -> bool:
        """Whether this is the thread that is watched, or, while none is, whichever it is."""
        return self.calls.thread in (0, get_ident())

    def call(
        self,
        plugin: str,
        what: str,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        passing: Passing = (),
        seconds: float = 0.0,
    ) -> Result | None:
        """The result of the function, None after a fault.

        Every kind of error is a fault, SystemExit and what is no Exception too: no plugin ends the desktop. Errors of
        the kinds in `passing` come through, as answers of the plugin. So does KeyboardInterrupt: it is Ctrl+C of the
        person who started the program, whatever code it happens to hit. Off the UI thread a call that has not returned
        after `seconds` is a fault, too, and is broken off; 0 = it may take as long as it likes, but not work for ever.
        """
        return self.run(self.meter.place(plugin, what), function, *args, passing=passing, seconds=seconds)

    def call_in_time(
        self,
        plugin: str,
        what: str,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        seconds: float,
        passing: Passing = (),
    ) -> Result | None:
        """Like `call`, but None after `seconds` at the latest, whatever the plugin does: on a thread of its own.

        Blocks. A call that has not come back is not made again before it has: None at once.
        """
        return self.run_in_time(self.meter.place(plugin, what), function, *args, seconds=seconds, passing=passing)

    def run_in_time(
        self,
        place: Place,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        seconds: float,
        passing: Passing = (),
    ) -> Result | None:
        """Like `call_in_time`, for who has kept the place."""
        before = self._not_back.get(place)
        if before is not None and before.is_alive():
            # A fault each time: what waits for its answer, such as Done, must not wait until it comes back.
            self._late(place, "TimeoutError", "TimeoutError: it has not come back from the call before")
            return None
        answers: SimpleQueue[tuple[Result | None, Exception | None]] = SimpleQueue()

        def answer() -> None:
            try:
                answers.put((self.run(place, function, *args, passing=passing, seconds=seconds), None))
            except passing as error:
                answers.put((None, error))

        thread = Thread(target=answer, name=f"{place.where} of {place.plugin}", daemon=True)
        began = perf_counter_ns()
        thread.start()
        try:
            result, error = answers.get(timeout=seconds)
        except Empty:
            self._not_back[place] = thread
            return None
        finally:
            self._charge(perf_counter_ns() - began)
        if error is not None:
            raise error
        return result

    def run(
        self,
        place: Place,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        passing: Passing = (),
        seconds: float = 0.0,
    ) -> Result | None:
        """Like `call`, for who calls the same place again and again and has kept it."""
        recorder = self.recorder
        if recorder is None:
            return self._run(place, function, args, passing, seconds)
        aside = not self.is_on_ui_thread
        recorder.began(place, aside=aside)
        try:
            return self._run(place, function, args, passing, seconds)
        finally:
            recorder.ended(place, aside=aside)

    def _run(
        self,
        place: Place,
        function: Callable[[*Arguments], Result],
        args: tuple[*Arguments],
        passing: Passing,
        seconds: float,
    ) -> Result | None:
        ui = self.calls
        if ui.thread != get_ident():
            return self._run_aside(place, function, args, passing, seconds)
        depth, outer = len(ui.stack), ui.nested
        ui.nested = 0
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
            self.meter.ended(place, began, failed=True, nested=ui.nested)
            if ui.is_anothers(place.plugin):
                raise
            return None
        except BaseException as error:  # noqa: BLE001  # as below
            ui.leave(depth)
            self._failed_in(place, began, error, passing, ui.nested)
            return None
        else:
            self.meter.ended(place, began, nested=ui.nested)
            return result
        finally:
            ui.nested = outer + perf_counter_ns() - began

    def _run_aside(
        self,
        place: Place,
        function: Callable[[*Arguments], Result],
        args: tuple[*Arguments],
        passing: Passing,
        seconds: float,
    ) -> Result | None:
        """On another thread than that of the window."""
        nested = self._nested
        outer, nested.spent = nested.spent, 0
        began = perf_counter_ns()
        call = self.aside.enter(place, seconds)
        try:
            try:
                result = function(*args)
                call.end()
            except BaseException as error:
                if not isinstance(error, PluginHang):
                    with suppress(PluginHang):
                        call.end()
                raise
        except PluginHang:
            self.meter.ended(place, began, failed=True, nested=nested.spent)
            if not call.aimed:  # meant for a call further out
                raise
            return None
        except BaseException as error:  # noqa: BLE001  # the one place that contains the faults of plugins
            self._failed_in(place, began, error, passing, nested.spent)
            return None
        else:
            self.meter.ended(place, began, nested=nested.spent)
            return result
        finally:
            self.aside.leave(call)
            nested.spent = outer + perf_counter_ns() - began

    def _failed_in(self, place: Place, began: int, error: BaseException, passing: Passing, nested: int) -> None:
        if isinstance(error, KeyboardInterrupt):
            raise error
        if isinstance(error, passing):
            self.meter.ended(place, began, nested=nested)
            raise error
        self.meter.ended(place, began, failed=True, nested=nested)
        self.fault(place.plugin, place.where, error)

    def _charge(self, spent: int) -> None:
        """What was waited for is charged to whom it was waited for."""
        if self.calls.thread == get_ident():
            self.calls.nested += spent
        else:
            self._nested.spent += spent

    def _late(self, place: Place, error: str, trace: str) -> None:
        self._failed(self._faults.hung(place.plugin, place.where, trace, error=error))

    def tell(  # noqa: C901, PLR0915  # see below
        self, implementations: Iterable[Implementation], contexts: Mapping[str, Any], given: Sequence[Any]
    ) -> None:
        """Call each implementation whose plugin has a context, with it and what is given.

        The loop of hooks that are called for each event: what `run` and the meter do stands in here once more, because
        a call of Python's costs as much as all of it. UI thread only.
        """
        note, last, ui = self.meter.note, ROUND, self.calls
        stack, recorder = ui.stack, self.recorder
        depth, outer = len(stack), ui.nested
        ui.nested = 0
        began = first = perf_counter_ns()
        for plugin, place, call in implementations:
            context = contexts.get(plugin)
            if context is None:
                continue
            if recorder is not None:
                recorder.began(place, aside=False)
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
                self.meter.ended(place, began, failed=True, nested=ui.nested)
                ui.nested = 0
                if ui.is_anothers(plugin):  # the guard of that call charges itself with what was spent here
                    raise
                began = perf_counter_ns()
            except BaseException as error:  # noqa: BLE001  # as above
                ui.leave(depth)
                self._failed_in(place, began, error, (), ui.nested)
                ui.nested = 0
                began = perf_counter_ns()
            else:
                ended = perf_counter_ns()
                spent, calls = ended - began, place.calls
                if ui.nested:
                    spent -= ui.nested
                    ui.nested = 0
                place.times[calls & last] = spent
                place.calls = calls + 1
                place.total += spent
                if spent > place.longest:
                    place.longest = spent
                note((place, began, ended, False, spent))
                began = ended
            finally:
                if recorder is not None:
                    recorder.ended(place, aside=False)
        ui.nested = outer + began - first

    def fault(self, plugin: str, what: str, error: BaseException) -> None:
        """Record a fault that was found otherwise than by a raise, such as a result of a wrong type."""
        self._failed(self._faults.record(plugin, what, error, message_of(error)))


def message_of(error: BaseException) -> str:
    """What an error says; empty if it cannot even say that."""
    try:
        return str(error)
    except BaseException:  # noqa: BLE001  # a plugin's own kind of error may fail in its own text, in any way
        return ""
