"""The guard: whatever a plugin raises ends here, with the plugin's name, and the rest of the desktop goes on.

Every call into a plugin passes here: its import, its construction, its hooks, the callbacks that it hands to the shell,
and its undos.
"""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from workloom.api.plugins import Fault
from workloom.plugin_manager.faults import Faults

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


class PluginGuard:
    """Calls plugins. `failed` hears of each fault after it was recorded."""

    def __init__(self, faults: Faults, failed: Callable[[Fault], None]) -> None:
        self._faults = faults
        self._failed = failed

    def call(
        self,
        plugin: str,
        what: str,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        passing: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> Result | None:
        """The result of the function, None after a fault.

        Every kind of error is a fault, SystemExit and what is no Exception too: no plugin ends the desktop. Errors of
        the kinds in `passing` come through, as answers of the plugin. So does KeyboardInterrupt: it is Ctrl+C of the
        person who started the program, whatever code it happens to hit.
        """
        try:
            return function(*args)
        except KeyboardInterrupt:
            raise
        except passing:
            raise
        except BaseException as error:  # noqa: BLE001  # the one place that contains the faults of plugins
            self.fault(plugin, what, error)
            return None

    def fault(self, plugin: str, what: str, error: BaseException) -> None:
        """Record a fault that was found otherwise than by a raise, such as a result of a wrong type."""
        self._failed(self._faults.record(plugin, what, error, message_of(error)))


def message_of(error: BaseException) -> str:
    """What an error says; empty if it cannot even say that."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001  # a plugin's own kind of error may fail in its own text
        return ""
