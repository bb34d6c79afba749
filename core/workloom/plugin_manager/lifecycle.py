"""How plugins start and stop in this process: import, construction, and the way back."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from threading import Lock

from workloom.api.plugins import PluginState
from workloom.domain.errors import BadInput
from workloom.plugin_manager.admission import admit, check_names, needs
from workloom.plugin_manager.contested import contested
from workloom.plugin_manager.discovery import Found
from workloom.plugin_manager.faults import BadPlugin, Faults
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hook_checks import unbrought
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.leaks import Leftovers
from workloom.plugin_manager.loading import import_classes
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.option_owners import KeptOwners, owners_of
from workloom.plugin_manager.records import Record, records_of
from workloom.plugin_manager.scope import PluginScope
from workloom.plugin_manager.token_names import uses
from workloom.plugin_manager.wiring import declared_providers

_START_FIRST = "Start that one, then this one."
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
        kept: Mapping[str, tuple[PluginState, str]],
        options: KeptOwners,
    ) -> None:
        self._found = found
        self._guard = guard
        self._faults = faults
        self._hooks = hooks
        self._leftovers = leftovers
        self._importing = Lock()
        self._options = options
        admission = admit(found, {*disabled, *kept}, options.owners)
        self.records: Sequence[Record] = records_of(found, admission, kept)
        self._take_order()

    def running(self) -> tuple[str, ...]:
        """Plugins that run, in their order."""
        return tuple(record.id for record in self.records if record.state is PluginState.RUNNING)

    def running_manifests(self) -> tuple[Manifest, ...]:
        """The manifests of the plugins that run, in their order."""
        running = [record for record in self.records if record.state is PluginState.RUNNING]
        return tuple(record.manifest for record in running if record.manifest is not None)

    def able(self) -> tuple[Manifest, ...]:
        """The manifests of the plugins that run or could, in their order."""
        able = [record for record in self.records if record.is_able]
        return tuple(record.manifest for record in able if record.manifest is not None)

    def manifests(self) -> tuple[Manifest, ...]:
        """All manifests that could be read, in the order of the plugins."""
        return tuple(record.manifest for record in self.records if record.manifest is not None)

    def holder_of(self, kind: type, id_: str, plugin: str) -> str:
        """To whom a contribution of a plugin belongs: to itself, or to an earlier one that declares the same id."""
        rivals = self._contested.get((kind, id_), ())
        there = {manifest.id for manifest in self.able()} if rivals else ()
        return next((rival for rival in rivals if rival in there), plugin)

    def users_of(self, plugin: str) -> tuple[str, ...]:
        """Running plugins that use a token of a plugin: they are started anew when it comes or goes."""
        manifest = self.get(plugin).manifest
        tokens = {*manifest.provides, *manifest.replaces} if manifest is not None else set()
        users = [one.id for one in self.running_manifests() if tokens & {*uses(one), *one.provides, *one.replaces}]
        return tuple(id_ for id_ in users if id_ != plugin)

    def get(self, plugin: str) -> Record:
        """The record of a plugin. BadInput if there is none."""
        check_names([plugin], [record.id for record in self.records])
        return next(record for record in self.records if record.id == plugin)

    def refuse_unmet(self) -> None:
        """Refuse what is ready and requires something that cannot be started, with the reason; all that follows too."""
        changed = True
        while changed:
            changed = False
            able, absent, known = {manifest.id for manifest in self.able()}, self._absent(), self.manifests()
            for record in self.records:
                if record.state is PluginState.READY and record.manifest is not None:
                    lacking = needs(record.manifest, able, absent, known)
                    if lacking:
                        record.state, changed = PluginState.REFUSED, True
                        record.reason = f"{record.found.file}: {lacking}"

    def _absent(self) -> dict[str, str]:
        return {one.id: _ABSENT[one.state] for one in self.records if one.state in _ABSENT}

    def keep_options(self) -> None:
        """Write down to whom options belong from now on: plugins are being started."""
        accepted = {manifest.id for manifest in self.able()}
        off = {record.id for record in self.records} - accepted
        self._options.keep(owners_of(self._found, off, self._options.owners), accepted)

    def import_ready(self, wanted: Collection[str]) -> None:
        """Import the classes of those of these plugins that are ready, one by one. Any thread."""
        with self._importing:
            for record in self.records:
                if record.state is PluginState.READY and record.id in wanted:
                    self._import(record)

    def construct_ready(self, wanted: Collection[str]) -> None:
        """Make the one object of each of these plugins that is ready, and take its hooks."""
        for record in self.records:
            if record.state is PluginState.READY and record.id in wanted:
                self._construct(record)

    def make_ready(self, plugin: str) -> None:
        """Let a plugin start that does not run. BadInput with the reason if it cannot."""
        there = (PluginState.RUNNING, PluginState.READY)
        off = {record.id for record in self.records if record.state not in there}
        admission = admit(self._found, off - {plugin}, self._options.owners)
        for found, reason in admission.refused:
            if found.candidate.name == plugin:
                raise BadInput(reason)
        self._faults.forgive(plugin)
        record = self.get(plugin)
        record.state, record.reason = PluginState.READY, ""
        places = {manifest.id: place for place, manifest in enumerate(admission.order)}
        self.records = sorted(self.records, key=lambda record: places.get(record.id, len(places)))
        self._take_order()

    def renew(self, found: Found) -> None:
        """Take a plugin as it is on the disk by now, to be started anew. It does not run."""
        self._found = tuple(found if one.candidate == found.candidate else one for one in self._found)
        record = self.get(found.candidate.name)
        record.found, record.manifest = found, found.manifest
        record.imported, record.kind, record.hooks, record.providers = False, None, None, {}
        self._contested = contested(self.manifests())

    def stop(self, record: Record, state: PluginState, reason: str, stopping: Callable[[str], None]) -> None:
        """Stop a plugin, and before it those that require it; `stopping` is told of each while it still works."""
        for other in reversed(self.records):
            why = self._needs_it(other, record, state)
            if why:
                self.stop(other, PluginState.REFUSED, why, stopping)
        if record.state in (PluginState.READY, PluginState.RUNNING):
            stopping(record.id)
        if record.scope is not None:
            record.scope.close()
            record.scope = None
        record.state, record.reason = state, reason

    def _take_order(self) -> None:
        self._hooks.set_order([record.id for record in self.records])
        self._contested = contested(self.manifests())

    def _needs_it(self, other: Record, record: Record, state: PluginState) -> str:
        """Why a running plugin cannot go on without another; empty if it can."""
        if other.state is not PluginState.RUNNING or other.manifest is None or other is record:
            return ""
        file = other.found.file
        if record.id in other.manifest.requires:
            return f"{file}: It needs the plugin “{record.id}”, which {_ABSENT[state]}. {_START_FIRST}"
        provided = record.manifest.provides if record.manifest is not None else ()
        token = next((one for one in provided if one in (*other.manifest.requires, *other.manifest.replaces)), "")
        needed = f"{file}: It needs the token “{token}” of the plugin “{record.id}”, which {_ABSENT[state]}."
        return f"{needed} {_START_FIRST}" if token else ""

    def _import(self, record: Record) -> None:
        assert record.manifest is not None
        if record.imported or not (record.manifest.desktop or record.manifest.hooks):
            return
        classes = self._guard.call(record.id, "import", import_classes, record.manifest)
        if classes is None:
            self._refuse(record, "import")
        else:
            record.imported = True
            record.kind, record.hooks = classes

    def _construct(self, record: Record) -> None:
        assert record.manifest is not None
        lacking = needs(record.manifest, self.running(), self._absent(), self.manifests())
        if lacking:
            record.state, record.reason = PluginState.REFUSED, f"{record.found.file}: {lacking}"
            return
        record.scope = PluginScope(record.id, self._guard)
        # A plugin that only declares has no class, and nothing that could fail.
        if not record.imported or self._guard.call(record.id, "start", self._take, record):
            record.state = PluginState.RUNNING
            without = tuple(unbrought(record.manifest, record.kind))
            if without:  # the rest of it works
                self._guard.fault(record.id, "start", BadPlugin(" ".join(without)))
        else:
            record.scope.close()
            record.scope = None
            self._refuse(record, "start")

    def _take(self, record: Record) -> bool:
        assert record.scope is not None
        assert record.manifest is not None
        if record.hooks is not None:
            self._hooks.add_specs(record.id, record.hooks)
            record.scope.add(partial(self._hooks.remove_specs, record.id))
        if record.kind is None:
            return True
        record.providers = declared_providers(record.kind, record.manifest)
        plugin = record.kind()
        record.scope.add(partial(self._leftovers.watch, record.id, "the object of the plugin", plugin))
        record.scope.add(partial(self._hooks.remove, record.id))
        self._hooks.add(record.manifest, plugin)
        return True

    def _refuse(self, record: Record, where: str) -> None:
        fault = next(fault for fault in reversed(self._faults.all()) if fault.plugin == record.id)
        record.state = PluginState.REFUSED
        if fault.error == BadPlugin.__qualname__:  # our own words
            record.reason = fault.said
        else:
            record.reason = f"It failed in its {where}: {fault.trace.rpartition(chr(10))[2]}."
