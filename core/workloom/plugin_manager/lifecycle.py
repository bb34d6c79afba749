"""How plugins start and stop in this process: import, construction, and the way back."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from threading import Lock

from workloom.api.plugins import PluginState
from workloom.domain.errors import BadInput
from workloom.plugin_manager.admission import admit, check_names, needs
from workloom.plugin_manager.discovery import Found
from workloom.plugin_manager.faults import Faults
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.leaks import Leftovers
from workloom.plugin_manager.loading import import_class
from workloom.plugin_manager.records import Record, records_of
from workloom.plugin_manager.scope import PluginScope

_ABSENT = {
    PluginState.OFF: "is off",
    PluginState.PAUSED: "is paused",
    PluginState.READY: "has not been started",
    PluginState.REFUSED: "cannot be started itself",
}


class Lifecycle:
    """The records of all plugins, and the steps from one state to the next.

    BadInput if a disabled name is no plugin's.
    """

    def __init__(
        self,
        found: tuple[Found, ...],
        disabled: Collection[str],
        guard: PluginGuard,
        faults: Faults,
        hooks: Hooks,
        leftovers: Leftovers,
    ) -> None:
        self._found = found
        self._guard = guard
        self._faults = faults
        self._hooks = hooks
        self._leftovers = leftovers
        self._importing = Lock()
        self.records: Sequence[Record] = records_of(found, admit(found, disabled))
        hooks.set_order([record.id for record in self.records])

    def running(self) -> tuple[str, ...]:
        """Plugins that run, in their order."""
        return tuple(record.id for record in self.records if record.state is PluginState.RUNNING)

    def get(self, plugin: str) -> Record:
        """The record of a plugin. BadInput if there is none."""
        check_names([plugin], [record.id for record in self.records])
        return next(record for record in self.records if record.id == plugin)

    def import_ready(self) -> None:
        """Import the classes of the plugins that are ready, one by one. Any thread."""
        with self._importing:
            for record in self.records:
                if record.state is PluginState.READY:
                    self._import(record)

    def construct_ready(self) -> None:
        """Make the one object of each plugin that is ready, and take its hooks."""
        for record in self.records:
            if record.state is PluginState.READY:
                self._construct(record)

    def make_ready(self, plugin: str) -> None:
        """Let a plugin start that does not run. BadInput with the reason if it cannot."""
        there = (PluginState.RUNNING, PluginState.READY)
        off = {record.id for record in self.records if record.state not in there}
        admission = admit(self._found, off - {plugin})
        for found, reason in admission.refused:
            if found.candidate.name == plugin:
                raise BadInput(reason)
        self._faults.forgive(plugin)
        record = self.get(plugin)
        record.state, record.reason = PluginState.READY, ""
        places = {manifest.id: place for place, manifest in enumerate(admission.order)}
        self.records = sorted(self.records, key=lambda record: places.get(record.id, len(places)))
        self._hooks.set_order([record.id for record in self.records])

    def stop(self, record: Record, state: PluginState, reason: str, stopping: Callable[[str], None]) -> None:
        """Stop a plugin, and before it those that require it; `stopping` is told of each while it still works."""
        for other in reversed(self.records):
            if other.state is PluginState.RUNNING and other.manifest and record.id in other.manifest.requires:
                why = f"It needs the plugin “{record.id}”, which {_ABSENT[state]}."
                self.stop(other, PluginState.REFUSED, why, stopping)
        if record.scope is not None:
            stopping(record.id)
            record.scope.close()
            record.scope = None
        record.state, record.reason = state, reason

    def _import(self, record: Record) -> None:
        assert record.manifest is not None
        if record.kind is None and record.manifest.desktop:
            record.kind = self._guard.call(record.id, "import", import_class, record.manifest)
            if record.kind is None:
                self._refuse(record, "import")

    def _construct(self, record: Record) -> None:
        assert record.manifest is not None
        lacking = needs(record.manifest, self.running(), {one.id: _ABSENT.get(one.state, "") for one in self.records})
        if lacking:
            record.state, record.reason = PluginState.REFUSED, lacking
            return
        record.scope = PluginScope(record.id, self._guard)
        # A plugin that only declares has no class, and nothing that could fail.
        if record.kind is None or self._guard.call(record.id, "start", self._take, record, record.kind):
            record.state = PluginState.RUNNING
        else:
            record.scope.close()
            record.scope = None
            self._refuse(record, "start")

    def _take(self, record: Record, kind: type) -> bool:
        assert record.scope is not None
        assert record.manifest is not None
        plugin = kind()
        record.scope.add(partial(self._leftovers.watch, record.id, "the object of the plugin", plugin))
        record.scope.add(partial(self._hooks.remove, record.id))
        self._hooks.add(record.manifest, plugin)
        return True

    def _refuse(self, record: Record, where: str) -> None:
        fault = next(fault for fault in reversed(self._faults.all()) if fault.plugin == record.id)
        record.state = PluginState.REFUSED
        record.reason = f"It failed in its {where}: {fault.trace.rpartition(chr(10))[2]}."
