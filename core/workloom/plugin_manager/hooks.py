"""The hooks as typed functions: each implementation is called on its own under the guard, its answer checked."""

import inspect
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pluggy
from msgspec import Struct

from workloom.api.context import Context
from workloom.api.contributions import Action, Channel, InteractionView, View
from workloom.api.gates import Gate
from workloom.api.hooks import PROJECT, DesktopHooks
from workloom.domain.events import Event
from workloom.plugin_manager.answers import checked
from workloom.plugin_manager.declared import Kind
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.manifest_tables import Declaration

UNFIT_OPTIONS = ("wrapper", "hookwrapper", "tryfirst", "trylast")
"""What pluggy offers and we do not: a wrapper could swallow the answers of others; the manifest gives the order."""


class Implementation(Struct, frozen=True):
    """One plugin's implementation of a hook."""

    plugin: str
    call: Any  # the plugin's own function
    arguments: tuple[str, ...]


class Hooks:
    """Calls hooks in the order of the plugins. `contexts` says for which plugins, each with its own context."""

    def __init__(self, guard: PluginGuard) -> None:
        self._guard = guard
        self._pluggy = pluggy.PluginManager(PROJECT)
        self._pluggy.add_hookspecs(DesktopHooks)
        self._order: tuple[str, ...] = ()
        self._known: dict[str, tuple[Implementation, ...]] = {}
        self._manifests: dict[str, Manifest] = {}

    def set_order(self, plugins: Sequence[str]) -> None:
        """The order in which plugins are called."""
        self._order = tuple(plugins)
        self._known.clear()

    def add(self, manifest: Manifest, instance: object) -> None:
        """Take the hooks of a plugin. BadPlugin if it has some that do not exist or cannot be called."""
        plugin = manifest.id
        self._check(instance)
        try:
            self._pluggy.register(instance, name=plugin)
        except pluggy.PluginValidationError as error:
            raise BadPlugin(" ".join(str(error).split())) from error
        self._manifests[plugin] = manifest
        self._known.clear()

    def remove(self, plugin: str) -> None:
        """Forget the hooks of a plugin; it may have none."""
        if self._pluggy.has_plugin(plugin):
            self._pluggy.unregister(name=plugin)
        self._manifests.pop(plugin, None)
        self._known.clear()

    def channels(self, contexts: Mapping[str, Context]) -> list[tuple[str, Channel]]:
        """Kinds of work, each with its plugin."""
        return self._collect("channels", Channel, contexts)

    def interaction_views(self, contexts: Mapping[str, Context]) -> list[tuple[str, InteractionView]]:
        """Panes for open items, each with its plugin."""
        return self._collect("interaction_views", InteractionView, contexts)

    def views(self, contexts: Mapping[str, Context]) -> list[tuple[str, View]]:
        """Views, each with its plugin."""
        return self._collect("views", View, contexts)

    def actions(self, contexts: Mapping[str, Context]) -> list[tuple[str, Action]]:
        """Actions, each with its plugin."""
        return self._collect("actions", Action, contexts)

    def gates(self, contexts: Mapping[str, Context]) -> list[tuple[str, Gate]]:
        """Gates, each with its plugin."""
        return self._collect("gates", Gate, contexts)

    def session_started(self, contexts: Mapping[str, Context]) -> None:
        """Tell plugins that the agent has logged in."""
        self._observe("session_started", contexts)

    def session_ending(self, contexts: Mapping[str, Context]) -> None:
        """Tell plugins that the agent leaves."""
        self._observe("session_ending", contexts)

    def interaction_changed(self, contexts: Mapping[str, Context], event: Event) -> None:
        """Tell plugins of an event."""
        self._observe("interaction_changed", contexts, event=event)

    def _collect(self, hook: str, kind: type[Kind], contexts: Mapping[str, Context]) -> list[tuple[str, Kind]]:
        collected: list[tuple[str, Kind]] = []
        where = f"hook {hook}"
        for one in self._of(hook):
            if one.plugin in contexts:
                given = {"context": contexts[one.plugin]}
                declarations = self._manifests[one.plugin].declarations(kind)
                answer = self._guard.call(one.plugin, where, _answer, one, given, kind, declarations)
                good, bad = answer or ((), ())
                collected += [(one.plugin, item) for item in good]
                for problem in bad:
                    self._guard.fault(one.plugin, where, BadPlugin(problem))
        return collected

    def _observe(self, hook: str, contexts: Mapping[str, Context], **more: object) -> None:
        where = f"hook {hook}"
        for one in self._of(hook):
            context = contexts.get(one.plugin)
            if context is not None:
                given = {"context": context, **more}
                self._guard.call(one.plugin, where, one.call, *[given[name] for name in one.arguments])

    def _of(self, hook: str) -> tuple[Implementation, ...]:
        known = self._known.get(hook)
        if known is None:
            places = {plugin: place for place, plugin in enumerate(self._order)}
            found = [
                Implementation(one.plugin_name, one.function, tuple(one.argnames))
                for one in getattr(self._pluggy.hook, hook).get_hookimpls()
            ]
            known = tuple(sorted(found, key=lambda one: places.get(one.plugin, len(places))))
            self._known[hook] = known
        return known

    def _check(self, instance: object) -> None:
        for name in dir(instance):
            options = self._pluggy.parse_hookimpl_opts(instance, name)
            if options is None:
                continue
            hook = options.get("specname") or name
            where = f"{type(instance).__qualname__}.{name}"
            caller = getattr(self._pluggy.hook, hook, None)
            if caller is None:
                known = [hook for hook in vars(DesktopHooks) if not hook.startswith("_")]
                near = get_close_matches(hook, known, n=1)
                hint = f"did you mean “{near[0]}”?" if near else f"there is {', '.join(known)}."
                raise BadPlugin(f"{where}: there is no hook “{hook}”; {hint}")
            unfit = [option for option in UNFIT_OPTIONS if options.get(option)]
            if unfit:
                raise BadPlugin(f"{where}: @hook takes no “{unfit[0]}”. The manifest says the order of plugins.")
            if inspect.iscoroutinefunction(getattr(instance, name)):
                raise BadPlugin(
                    f"{where}: a hook is a plain function, not async. Use context.read for what takes time."
                )


def _answer(
    one: Implementation, given: Mapping[str, object], kind: type[Kind], declarations: Sequence[Declaration]
) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """What an implementation answers, good items and problems. Generators run here, under the guard as well."""
    return checked(one.call(*[given[name] for name in one.arguments]), kind, declarations)
