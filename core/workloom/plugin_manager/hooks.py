"""The hooks as typed functions: each implementation is called on its own under the guard, its answer checked.

A hook is named by its own specification, `DesktopHooks.actions`: a name that does not exist and an argument of a wrong
type are errors of the type checker, and pluggy's registry of names stays in here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

import pluggy

from workloom.api.context import Context
from workloom.api.contributions import Action, Channel, InteractionView, View
from workloom.api.gates import Gate
from workloom.api.hooks import PROJECT, DesktopHooks
from workloom.domain.events import Event
from workloom.plugin_manager.answers import checked, fitting
from workloom.plugin_manager.declared import Kind
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.guard import Implementation, PluginGuard
from workloom.plugin_manager.hook_checks import check_hooks
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.manifest_tables import Declaration

ANSWER_SECONDS: Final = 5.0
"""How long a plugin may take, off the UI thread, to answer a hook that another one asks."""

More = ParamSpec("More")
Answer = TypeVar("Answer")
Spec = Callable[Concatenate[Any, Context, More], Answer]
"""A hook's specification: a method of a class of hooks that takes the plugin's context first."""


_NO_HOOKS: Final = frozenset(dir(object())) | {"__dict__", "__module__", "__weakref__"}


class _Registry(pluggy.PluginManager):
    """Spares pluggy the attributes that every object has: it looks at each with care, and a plugin has few others."""

    def parse_hookimpl_opts(self, plugin: object, name: str) -> pluggy.HookimplOpts | None:
        """pluggy: the options of a hook that is implemented; None if it is none."""
        return None if name in _NO_HOOKS else super().parse_hookimpl_opts(plugin, name)


class Hooks:
    """Calls hooks in the order of the plugins. `contexts` says for which plugins, each with its own context."""

    def __init__(self, guard: PluginGuard) -> None:
        self._guard = guard
        self._pluggy = _Registry(PROJECT)
        self._pluggy.add_hookspecs(DesktopHooks)
        self._order: tuple[str, ...] = ()
        self._ready: dict[str, tuple[Implementation, ...]] = {}
        self._manifests: dict[str, Manifest] = {}
        self._specified: dict[str, str] = {}
        self._ended: set[str] = set()

    def set_order(self, plugins: Sequence[str]) -> None:
        """The order in which plugins are called."""
        self._order = tuple(plugins)
        self._ready.clear()

    def add(self, manifest: Manifest, instance: object) -> None:
        """Take the hooks of a plugin. BadPlugin if it has some that do not exist or cannot be called."""
        plugin = manifest.id
        check_hooks(self._pluggy, instance)
        try:
            self._pluggy.register(instance, name=plugin)
        except pluggy.PluginValidationError as error:
            raise BadPlugin(" ".join(str(error).split())) from error
        self._manifests[plugin] = manifest
        self._ready.clear()

    def remove(self, plugin: str) -> None:
        """Forget the hooks of a plugin; it may have none."""
        if self._pluggy.has_plugin(plugin):
            self._pluggy.unregister(name=plugin)
        self._manifests.pop(plugin, None)
        self._ready.clear()

    def add_specs(self, plugin: str, kind: type) -> None:
        """Take the hooks that a plugin specifies for others. BadPlugin if there are none, or names are taken."""
        names = [name for name in vars(kind) if self._pluggy.parse_hookspec_opts(kind, name) is not None]
        if not names:
            raise BadPlugin(f"{kind.__qualname__}: it has no method with @hookspec. Mark them, or take “hooks” out.")
        for name in names:
            other = self._specified.get(name, "")
            if other or hasattr(DesktopHooks, name):
                whose = f"the plugin “{other}” has" if other else "the desktop has"
                begin = f"Begin its name with that of the plugin: {plugin}_{name}."
                raise BadPlugin(f"{kind.__qualname__}.{name}: {whose} a hook of this name. {begin}")
        for name in names:
            if hasattr(self._pluggy.hook, name):  # from an earlier start, or implemented for want of the plugin
                delattr(self._pluggy.hook, name)
        self._pluggy.add_hookspecs(kind)
        self._specified |= dict.fromkeys(names, plugin)
        self._ended.difference_update(names)

    def remove_specs(self, plugin: str) -> None:
        """Forget the hooks that a plugin specifies; who implements them has been stopped before."""
        for name in [name for name, of in self._specified.items() if of == plugin]:
            del self._specified[name]
            self._ended.add(name)
            delattr(self._pluggy.hook, name)
        self._ready.clear()

    def channels(self, contexts: Mapping[str, Context]) -> list[tuple[str, Channel]]:
        """Kinds of work, each with its plugin."""
        return self.contributions(DesktopHooks.channels, Channel, contexts)

    def interaction_views(self, contexts: Mapping[str, Context]) -> list[tuple[str, InteractionView]]:
        """Panes for open items, each with its plugin."""
        return self.contributions(DesktopHooks.interaction_views, InteractionView, contexts)

    def views(self, contexts: Mapping[str, Context]) -> list[tuple[str, View]]:
        """Views, each with its plugin."""
        return self.contributions(DesktopHooks.views, View, contexts)

    def actions(self, contexts: Mapping[str, Context]) -> list[tuple[str, Action]]:
        """Actions, each with its plugin."""
        return self.contributions(DesktopHooks.actions, Action, contexts)

    def gates(self, contexts: Mapping[str, Context]) -> list[tuple[str, Gate]]:
        """Gates, each with its plugin."""
        return self.contributions(DesktopHooks.gates, Gate, contexts)

    def session_started(self, contexts: Mapping[str, Context]) -> None:
        """Tell plugins that the agent has logged in."""
        self.observe(DesktopHooks.session_started, contexts)

    def session_ending(self, contexts: Mapping[str, Context]) -> None:
        """Tell plugins that the agent leaves."""
        self.observe(DesktopHooks.session_ending, contexts)

    def interaction_changed(self, contexts: Mapping[str, Context], event: Event) -> None:
        """Tell plugins of an event."""
        self.observe(DesktopHooks.interaction_changed, contexts, event)

    def contributions(
        self, hook: Spec[[], Iterable[Kind]], kind: type[Kind], contexts: Mapping[str, Context]
    ) -> list[tuple[str, Kind]]:
        """What the plugins declare, completed by their manifests, each with its plugin. A bad one is a fault."""
        collected: list[tuple[str, Kind]] = []
        for plugin, place, call in self._of(hook):
            context = contexts.get(plugin)
            if context is not None:
                declarations = self._manifests[plugin].declarations(kind)
                answer = self._guard.run(place, _answer, call, context, kind, declarations)
                good, bad = answer or ((), ())
                collected += [(plugin, item) for item in good]
                for problem in bad:
                    self._guard.fault(plugin, place.where, BadPlugin(problem))
        return collected

    def observe(
        self,
        hook: Spec[More, object],
        contexts: Mapping[str, Context],
        *args: More.args,
        **named: More.kwargs,
    ) -> None:
        """Tell the plugins something; what they answer is not used."""
        self._guard.tell(self._of(hook), contexts, (*args, *named.values()))

    def ask(
        self,
        hook: Spec[More, Answer],
        contexts: Mapping[str, Context],
        *args: More.args,
        **named: More.kwargs,
    ) -> list[tuple[str, Answer]]:
        """What each plugin answers, with the plugin. One that fails, is late or answers nonsense is left out.

        Off the UI thread each has `ANSWER_SECONDS`, and nobody waits longer; on it, the watchdog looks after them.
        """
        asked = self._asked(hook, contexts, (*args, *named.values()))
        return [(plugin, cast("Answer", answer[0])) for plugin, answer in asked if answer is not None]

    def ask_each(
        self,
        hook: Spec[More, Answer],
        contexts: Mapping[str, Context],
        *args: More.args,
        **named: More.kwargs,
    ) -> list[tuple[str, Answer | None]]:
        """Like `ask`, with None where a plugin failed, was late, or answered something of which a part does not fit."""
        asked = self._asked(hook, contexts, (*args, *named.values()))
        return [
            (plugin, cast("Answer", answer[0]) if answer is not None and not answer[1] else None)
            for plugin, answer in asked
        ]

    def _asked(
        self, hook: Callable[..., object], contexts: Mapping[str, Context], given: Sequence[object]
    ) -> list[tuple[str, tuple[object, Sequence[str]] | None]]:
        """What fits of the answer of each plugin, and what is wrong with the rest; None from one that failed."""
        answers: list[tuple[str, tuple[object, Sequence[str]] | None]] = []
        for plugin, place, call in self._of(hook):
            context = contexts.get(plugin)
            if context is None:
                continue
            asked = partial(_fitting, call, context, given, hook)
            if self._guard.is_on_ui_thread:
                answer = self._guard.run(place, asked)
            else:
                answer = self._guard.run_in_time(place, asked, seconds=ANSWER_SECONDS)
            answers.append((plugin, answer))
            for problem in answer[1] if answer is not None else ():
                self._guard.fault(plugin, place.where, BadPlugin(problem))
        return answers

    def _of(self, hook: Spec[..., Any]) -> tuple[Implementation, ...]:
        """The implementations of a hook in the order of the plugins, ready to be called."""
        name = hook.__name__
        ready = self._ready.get(name)
        if ready is None:
            caller: pluggy.HookCaller | None = getattr(self._pluggy.hook, name, None)
            if caller is None and name in self._ended:
                return ()  # its plugin was stopped while something behind the window asked
            assert caller is not None and caller.spec is not None, f"nobody has specified the hook {name}"
            places = {plugin: place for place, plugin in enumerate(self._order)}
            found = sorted(caller.get_hookimpls(), key=lambda one: places.get(one.plugin_name, len(places)))
            ready = self._ready[name] = tuple(self._prepared(name, one, tuple(caller.spec.argnames)) for one in found)
        return ready

    def _prepared(self, hook: str, one: pluggy.HookImpl, arguments: tuple[str, ...]) -> Implementation:
        place = self._guard.meter.place(one.plugin_name, f"hook {hook}")
        return Implementation(one.plugin_name, place, _taking(one.function, tuple(one.argnames), arguments))


def _taking(function: Callable[..., Any], wanted: tuple[str, ...], given: tuple[str, ...]) -> Callable[..., Any]:
    """The function, as one that takes all arguments of the specification; it may want fewer."""
    if wanted == given:
        return function
    if not wanted:
        return lambda *_args: function()
    picked = itemgetter(*(given.index(name) for name in wanted))
    if len(wanted) == 1:
        return lambda *args: function(picked(args))
    return lambda *args: function(*picked(args))


def _fitting(
    call: Callable[..., Any], context: Context, given: Sequence[object], hook: Callable[..., object]
) -> tuple[object, tuple[str, ...]]:
    """What an implementation of a plugin's own hook answers, as far as it fits, and what is wrong with the rest."""
    return fitting(call(context, *given), hook)


def _answer(
    call: Callable[..., Any], context: Context, kind: type[Kind], declarations: Sequence[Declaration]
) -> tuple[tuple[Kind, ...], tuple[str, ...]]:
    """What an implementation answers, good items and problems. Generators run here, under the guard as well."""
    return checked(call(context), kind, declarations)
