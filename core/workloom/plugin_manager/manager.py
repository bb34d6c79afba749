"""The plugin manager: finds plugins, starts them one by one under guard, and stops them without a trace."""

import importlib
import sys
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from workloom.api.branding import Branding
from workloom.api.inspection import Leak, Wire
from workloom.api.plugins import Contributions, Fault, PluginInfo, PluginState, Undo
from workloom.domain.errors import BadInput
from workloom.domain.options import OptionSpec
from workloom.plugin_manager.action_filters import action_filters_of
from workloom.plugin_manager.activation import allowed, can_wait, needed
from workloom.plugin_manager.backends import Backends
from workloom.plugin_manager.brands import branding_of
from workloom.plugin_manager.discovery import Candidate, packages_of, read_all
from workloom.plugin_manager.engine_side import EngineSide
from workloom.plugin_manager.faults import Faults, Strikes
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.index import read_installed
from workloom.plugin_manager.inspector import PluginInspector
from workloom.plugin_manager.kept_off import kept_off
from workloom.plugin_manager.kept_states import KeptStates
from workloom.plugin_manager.leaks import Leftovers
from workloom.plugin_manager.lifecycle import Lifecycle
from workloom.plugin_manager.open_sessions import OpenSessions
from workloom.plugin_manager.option_owners import KeptOwners
from workloom.plugin_manager.records import Record
from workloom.plugin_manager.sessions import Agent, MakeContext, OpenSession
from workloom.plugin_manager.start_guard import StartGuard
from workloom.plugin_manager.start_up import StartUp
from workloom.plugin_manager.token_names import wires
from workloom.plugin_manager.translations import Translations, translations_of
from workloom.plugin_manager.ui_calls import PluginHang
from workloom.plugin_manager.unguarded import Unguarded


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PluginManager:
    """All plugins of one process; implements `workloom.api.plugins.Plugins`.

    `candidates` None = what is installed. `disabled`: ids to leave off; BadInput if there is no such plugin. `soon`
    calls a function a little later on the UI thread, from any thread: there a plugin is stopped that failed too often.
    `folder` keeps which plugins are off, and which one a crash at start left behind; BadInput if that cannot be read.
    `safe`: only what comes with Workloom is started.

    `start_up` is told when the desktop ends, and `unguarded` what happens outside of all calls.

    Nothing of a plugin is imported before `load`, which any thread may call; all else belongs to the UI thread.
    """

    def __init__(
        self,
        candidates: Iterable[Candidate] | None = None,
        *,
        disabled: Collection[str] = (),
        now: Callable[[], datetime] = _utc_now,
        strikes: Strikes | None = None,
        soon: Callable[[Callable[[], None]], None] = lambda function: function(),
        folder: Path | None = None,
        safe: bool = False,
    ) -> None:
        self._soon = soon
        self._faults = Faults(now, strikes or Strikes())
        self._guard = PluginGuard(self._faults, self._failed)
        self._hooks = Hooks(self._guard)
        self._leftovers = Leftovers()
        found = read_installed(folder) if candidates is None else read_all(candidates)
        starts = StartGuard(folder) if folder is not None else None
        left = starts.left() if starts is not None else None
        self._packages = packages_of(found)
        self._faults.files = {one.candidate.name: one.file for one in found}
        careful = left is not None and not left.plugin
        self.start_up = StartUp(starts, self._guard, soon, now, self._packages, careful=careful)
        self._kept = KeptStates(folder) if folder is not None else None
        kept = kept_off(found, self._kept, left, safe=safe)
        self._plugins = Lifecycle(
            found,
            frozenset(disabled),
            self._guard,
            self._faults,
            self._hooks,
            self._leftovers,
            kept,
            KeptOwners(folder),
        )
        self._guard.aside.packages = self._packages
        self._sessions = OpenSessions(
            self._plugins,
            self._hooks,
            self._guard,
            self._leftovers,
            self.start_up,
            lambda plugin: action_filters_of(plugin, self._plugins.manifests(), self._guard.fault),
            soon,
            self._changed,
        )
        self.unguarded = Unguarded(self._guard, self._faults, self.start_up, self._packages, self._failed)
        self._listeners: dict[int, Callable[[], None]] = {}
        self._numbers = count()

    @property
    def guard(self) -> PluginGuard:
        """Contains what plugins raise."""
        return self._guard

    @property
    def inspector(self) -> PluginInspector:
        """Looks into the plugins."""
        return PluginInspector(self, self._guard.meter, self._wires, self._kept)

    def load(self) -> None:
        """Import the plugins that are ready, one by one. Blocks; any thread; a second call does nothing."""
        self._plugins.keep_options()
        able = self._plugins.able()
        free = allowed(able, lambda _privilege: False)
        first = needed(able, [one.id for one in able if one.id in free and not can_wait(one)])
        with self.start_up.recorded():
            self._plugins.import_ready(first)

    def open_session(
        self,
        make_context: MakeContext,
        contributions: Contributions,
        *,
        may: Callable[[str], bool] = lambda _privilege: True,
        media_types: Collection[str] = (),
    ) -> OpenSession:
        """Start the plugins for one agent; see `workloom.api.plugins.Plugins`."""
        self.load()
        return self._sessions.open(make_context, contributions, Agent(may, frozenset(media_types)))

    def enable(self, plugin: str) -> None:
        """Start a plugin now, in every open session. BadInput if there is none of that id, or it cannot be started."""
        record = self._plugins.get(plugin)
        if record.state is PluginState.RUNNING:
            return
        self._plugins.make_ready(plugin)
        self._plugins.keep_options()
        for user in reversed(self._plugins.users_of(plugin)):
            self._sessions.stop(user)
        with self.start_up.recorded():
            self._sessions.fill()
        self._changed()

    def disable(self, plugin: str) -> None:
        """Stop a plugin now, in every open session, and first those that require it. BadInput if there is none."""
        self._stop(self._plugins.get(plugin), PluginState.OFF, "It was switched off.")

    def reload(self, plugin: str) -> None:
        """Stop a plugin, import it anew from the disk and start it, with what required it; for who works on it.

        BadInput with the reason if it cannot be started any more; it stays off then.
        """
        record = self._plugins.get(plugin)
        ran = self._plugins.running()
        self._stop(record, PluginState.OFF, "It is being reloaded.")
        package = record.found.candidate.package
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[name]
        importlib.invalidate_caches()
        (found,) = read_all([record.found.candidate])
        self._plugins.renew(found)
        self._packages.update(packages_of([found]))
        for one in (plugin, *(one for one in ran if one != plugin)):
            if self._plugins.get(one).state is not PluginState.RUNNING:
                self.enable(one)
        if record.state is PluginState.REFUSED:
            raise BadInput(record.reason)

    def backends(self, own: object) -> Backends:
        """The ways to services: of `own`, an object with `BackendHooks`, and of plugins that are not off."""
        return Backends(own, self._plugins.records, self._guard, self.start_up.recorded)

    def engine_side(self) -> EngineSide:
        """What plugins that are not off bring to the engine."""
        return EngineSide(self._plugins.records, self._guard, self.start_up.recorded)

    def branding(self) -> Branding:
        """Logo and colours of the plugins that are not off, the later over the earlier."""
        return branding_of(self._plugins.records)

    def translator(self, language: Callable[[], str]) -> Translations:
        """The words of the plugins that run in a language, which is asked for only where there is a translation.

        A translation that cannot be used is a fault.
        """
        return translations_of(self._plugins.records, language, self._guard.fault)

    def infos(self) -> tuple[PluginInfo, ...]:
        """All plugins that were found, in their order; those that are off or cannot be started come last."""
        return tuple(record.info() for record in self._plugins.records)

    def option_specs(self) -> tuple[OptionSpec, ...]:
        """The options that plugins declare, those of plugins that are off too: a site may set them all the same."""
        manifests = [record.manifest for record in self._plugins.records if record.manifest is not None]
        return tuple(spec for manifest in manifests for spec in manifest.option_specs())

    def faults(self) -> tuple[Fault, ...]:
        """The last faults, oldest first."""
        return self._faults.all()

    def leaks(self) -> tuple[Leak, ...]:
        """What is still there of plugins that were stopped, and of agents who have left. Takes a moment."""
        return self._leftovers.found()

    def end(self) -> None:
        """The desktop ends, and all plugins with it: what is still there of them is nobody's mistake from now on."""
        self._leftovers.end()

    def on_fault(self, told: Callable[[Fault], None]) -> Undo:
        """Call `told` after each fault, on the thread on which it happened; returns its undo."""
        return self._faults.on_fault(told)

    def on_change(self, changed: Callable[[], None]) -> Undo:
        """Call `changed` after a plugin was started, stopped or paused; returns its undo."""
        number = next(self._numbers)
        self._listeners[number] = changed

        def undo() -> None:
            self._listeners.pop(number, None)

        return undo

    def _wires(self) -> tuple[Wire, ...]:
        return wires(self._plugins.manifests(), {record.id for record in self._plugins.records if record.is_able})

    def _failed(self, fault: Fault) -> None:
        if fault.paused:
            hung = fault.error == PluginHang.__qualname__
            reason = f"In {fault.where}, {fault.said}." if hung else self._faults.strikes.said()
            self._soon(lambda: self._pause(fault.plugin, reason))

    def _pause(self, plugin: str, reason: str) -> None:
        record = self._plugins.get(plugin)
        if record.state is PluginState.RUNNING:
            self._stop(record, PluginState.PAUSED, reason)

    def _stop(self, record: Record, state: PluginState, reason: str) -> None:
        """Stop a plugin; what used its tokens and can do without is started anew."""
        users = self._plugins.users_of(record.id) if record.state is PluginState.RUNNING else ()
        for user in reversed(users):
            self._sessions.stop(user)
        self._plugins.stop(record, state, reason, self._sessions.stop)
        self._sessions.fill()
        self._changed()

    def _changed(self) -> None:
        for listener in tuple(self._listeners.values()):
            listener()
