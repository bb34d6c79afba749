"""The plugins of one logged-in agent: their contexts, and scopes that undo all that they brought."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from workloom.api.context import Context
from workloom.api.contributions import Action, ActionFilter, Channel, InteractionView, Notice, View
from workloom.api.plugins import Contributions, Scope, Undo
from workloom.api.tokens import Wires
from workloom.domain.errors import BadInput
from workloom.domain.events import Event
from workloom.plugin_manager.activation import can_wait, serves
from workloom.plugin_manager.declared import Contribution
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.leaks import Leftovers
from workloom.plugin_manager.lifecycle import Lifecycle
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.scope import PluginScope
from workloom.plugin_manager.stand_ins import StandIns
from workloom.plugin_manager.wiring import PluginWires, SessionWiring

Kind = TypeVar("Kind", bound=Contribution | ActionFilter)
MakeContext = Callable[[str, Scope, Wires], Context]


class Agent(NamedTuple):
    """What is known of the agent: which privileges are held, and the media types of the channels at login."""

    may: Callable[[str], bool]
    media_types: frozenset[str]


class OpenSession:
    """Plugins come with `start` and go with `stop`, one by one or all at once."""

    def __init__(
        self,
        hooks: Hooks,
        guard: PluginGuard,
        make_context: MakeContext,
        contributions: Contributions,
        closed: Callable[["OpenSession"], None],
        leftovers: Leftovers,
        filters: Callable[[str], Sequence[ActionFilter]],
        plugins: Lifecycle,
        agent: Agent,
    ) -> None:
        self._hooks = hooks
        self._guard = guard
        self._make_context = make_context
        self._contributions = contributions
        self._closed = closed
        self._leftovers = leftovers
        self._filters = filters
        self._plugins = plugins
        self._wiring = SessionWiring(guard, plugins.running_manifests)
        self.agent = agent
        self.is_open = True
        self._woken: set[str] = set()
        self._waiting: dict[str, tuple[StandIns, dict[object, Undo], PluginScope]] = {}
        self._scopes: dict[str, PluginScope] = {}
        self._contexts: dict[str, Context] = {}

    def contexts(self) -> Mapping[str, Context]:
        """The contexts of the plugins that run for the agent."""
        return dict(self._contexts)

    def interaction_changed(self, event: Event) -> None:
        """Tell the plugins that something happened."""
        self._hooks.interaction_changed(self._contexts, event)

    def start(self, plugins: Sequence[str]) -> None:
        """Collect what these plugins bring, then tell them that the session has started."""
        started: dict[str, Context] = {}
        for plugin in plugins:
            started[plugin] = self._make(plugin)
        brought: list[tuple[str, Contribution]] = [
            *self._hooks.channels(started),
            *self._hooks.interaction_views(started),
            *self._hooks.views(started),
            *self._hooks.actions(started),
            *self._hooks.gates(started),
        ]
        for plugin, one in brought:
            self._bring(plugin, one)
        for plugin in plugins:
            if plugin not in self._waiting:
                self._filter(plugin, self._scopes.get(plugin))
        self._hooks.session_started(started)

    def needs(self, manifest: Manifest) -> bool:
        """Whether a plugin is to run now, and not to wait until it is used."""
        woken = manifest.id in self._woken or manifest.id in self._contexts
        return woken or not can_wait(manifest) or serves(manifest, self.agent.media_types)

    def let_wait(
        self, manifest: Manifest, wake: Callable[[], None], soon: Callable[[Callable[[], None]], None]
    ) -> None:
        """Show what a plugin would bring, and start it when something of it is used. A second call does nothing."""
        plugin = manifest.id
        if plugin in self._waiting:
            return
        scope, undos = PluginScope(plugin, self._guard), dict[object, Undo]()
        stand_ins = StandIns(manifest, wake, soon, partial(self._tell, plugin))
        self._waiting[plugin] = (stand_ins, undos, scope)
        for one in stand_ins.all():
            undo = self._add(plugin, one, scope)
            if undo is not None:
                undos[type(one), one.id] = undo
        self._filter(plugin, scope)

    def keep_waiting(self, plugins: Collection[str]) -> None:
        """Let those stand down that wait and are not among these."""
        for plugin in self._waiting.keys() - set(plugins):
            self._stand_down(plugin)

    def _stand_down(self, plugin: str) -> None:
        if plugin in self._waiting:
            stand_ins, _undos, scope = self._waiting.pop(plugin)
            scope.close()
            stand_ins.forget()

    def wake(self, plugin: str) -> bool:
        """A plugin that waits is to run; False if it runs already or has gone."""
        if plugin not in self._waiting or plugin in self._contexts:
            return False
        self._woken.add(plugin)
        return True

    def _tell(self, plugin: str, notice: Notice) -> None:
        context = self._contexts.get(plugin)
        if context is not None:
            context.notify(notice)

    def _filter(self, plugin: str, scope: PluginScope | None) -> None:
        for one in self._filters(plugin):
            self._put(plugin, f"action filter {one.id}", self._contributions.add_action_filter, one, scope)

    def _add(self, plugin: str, one: Contribution, scope: PluginScope | None) -> Undo | None:
        to = self._contributions
        if isinstance(one, Action):
            return self._put(plugin, f"action {one.id}", to.add_action, one, scope)
        if isinstance(one, View):
            return self._put(plugin, f"view {one.id}", to.add_view, one, scope)
        if isinstance(one, InteractionView):
            return self._put(plugin, f"interaction view {one.id}", to.add_interaction_view, one, scope)
        if isinstance(one, Channel):
            return self._put(plugin, f"channel {one.id}", to.add_channel, one, scope)
        return self._put(plugin, f"gate {one.id}", to.add_gate, one, scope)

    def _bring(self, plugin: str, one: Contribution) -> None:
        """Register what a plugin brings, or let its stand-in do it."""
        stand_ins, undos, _scope = self._waiting.get(plugin, (None, {}, None))
        if stand_ins is not None and stand_ins.takes(one):
            return
        stood = undos.pop((type(one), one.id), None)
        if stood is not None:
            stood()
        self._add(plugin, one, self._scopes.get(plugin))

    def stop(self, plugin: str) -> None:
        """Tell one plugin that the session ends for it, and undo what it brought."""
        context = self._contexts.get(plugin)
        if context is not None:
            self._hooks.session_ending({plugin: context})
            self._drop(plugin)
        self._woken.discard(plugin)
        self._stand_down(plugin)

    def close(self) -> None:
        """End the session for all plugins, the last one first. A second call does nothing."""
        self._hooks.session_ending(self.contexts())
        for plugin in reversed(tuple(self._scopes)):
            self._drop(plugin)
        for plugin in tuple(self._waiting):
            self._stand_down(plugin)
        self.is_open = False
        self._closed(self)

    def _make(self, plugin: str) -> Context:
        scope = self._scopes[plugin] = PluginScope(plugin, self._guard)
        wires = PluginWires(plugin, self._wiring, self._ask, self._ask_each)
        context = self._contexts[plugin] = self._make_context(plugin, scope, wires)
        record = self._plugins.get(plugin)
        assert record.manifest is not None
        self._wiring.start(record.manifest, record.providers, scope, lambda: context)
        return context

    def _ask(self, hook: Callable[..., Any], *args: object, **named: object) -> list[Any]:
        return [answer for _plugin, answer in self._hooks.ask(hook, self._contexts, *args, **named)]

    def _ask_each(self, hook: Callable[..., Any], *args: object, **named: object) -> list[tuple[str, Any]]:
        return self._hooks.ask_each(hook, self._contexts, *args, **named)

    def _drop(self, plugin: str) -> None:
        scope, context = self._scopes.pop(plugin), self._contexts.pop(plugin)
        scope.close()
        self._leftovers.watch(plugin, "the context of an agent", context)

    def _put(
        self,
        plugin: str,
        what: str,
        add: Callable[[str, Kind], Undo],
        contribution: Kind,
        scope: PluginScope | None,
    ) -> Undo | None:
        if scope is None:  # it failed once too often meanwhile and was stopped
            return None
        holder = self._plugins.holder_of(type(contribution), contribution.id, plugin)
        if holder != plugin:
            text = f"it belongs to the plugin “{holder}”, which declares the same id and comes first"
            self._guard.fault(plugin, what, BadPlugin(f"{text}. Give the one of “{plugin}” another id"))
            return None
        try:
            undo = add(plugin, contribution)
        except BadInput as error:
            self._guard.fault(plugin, what, BadPlugin(str(error)))
            return None
        return scope.add(undo)
