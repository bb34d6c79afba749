"""The plugins of one logged-in agent: their contexts, and scopes that undo all that they brought."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from workloom.api.context import Context
from workloom.api.contributions import ActionFilter
from workloom.api.plugins import Contributions, Scope, Undo
from workloom.api.tokens import Wires
from workloom.domain.errors import BadInput
from workloom.domain.events import Event
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.leaks import Leftovers
from workloom.plugin_manager.lifecycle import Lifecycle
from workloom.plugin_manager.scope import PluginScope
from workloom.plugin_manager.wiring import PluginWires, SessionWiring

Kind = TypeVar("Kind")
MakeContext = Callable[[str, Scope, Wires], Context]


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
        for by, channel in self._hooks.channels(started):
            self._put(by, f"channel {channel.id}", self._contributions.add_channel, channel)
        for by, pane in self._hooks.interaction_views(started):
            self._put(by, f"interaction view {pane.id}", self._contributions.add_interaction_view, pane)
        for by, view in self._hooks.views(started):
            self._put(by, f"view {view.id}", self._contributions.add_view, view)
        for by, action in self._hooks.actions(started):
            self._put(by, f"action {action.id}", self._contributions.add_action, action)
        for by, gate in self._hooks.gates(started):
            self._put(by, f"gate {gate.id}", self._contributions.add_gate, gate)
        for plugin in plugins:
            for one in self._filters(plugin):
                self._put(plugin, f"action filter {one.id}", self._contributions.add_action_filter, one)
        self._hooks.session_started(started)

    def stop(self, plugin: str) -> None:
        """Tell one plugin that the session ends for it, and undo what it brought."""
        context = self._contexts.get(plugin)
        if context is not None:
            self._hooks.session_ending({plugin: context})
            self._drop(plugin)

    def close(self) -> None:
        """End the session for all plugins, the last one first. A second call does nothing."""
        self._hooks.session_ending(self.contexts())
        for plugin in reversed(tuple(self._scopes)):
            self._drop(plugin)
        self._closed(self)

    def _make(self, plugin: str) -> Context:
        scope = self._scopes[plugin] = PluginScope(plugin, self._guard)
        wires = PluginWires(plugin, self._wiring, self._ask)
        context = self._contexts[plugin] = self._make_context(plugin, scope, wires)
        record = self._plugins.get(plugin)
        assert record.manifest is not None
        self._wiring.start(record.manifest, record.providers, scope, lambda: context)
        return context

    def _ask(self, hook: Callable[..., Any], *args: object, **named: object) -> list[Any]:
        return [answer for _plugin, answer in self._hooks.ask(hook, self._contexts, *args, **named)]

    def _drop(self, plugin: str) -> None:
        scope, context = self._scopes.pop(plugin), self._contexts.pop(plugin)
        scope.close()
        self._leftovers.watch(plugin, "the context of an agent", context)

    def _put(self, plugin: str, what: str, add: Callable[[str, Kind], Undo], contribution: Kind) -> None:
        scope = self._scopes.get(plugin)
        if scope is None:  # it failed once too often meanwhile and was stopped
            return
        try:
            undo = add(plugin, contribution)
        except BadInput as error:
            self._guard.fault(plugin, what, BadPlugin(str(error)))
        else:
            scope.add(undo)
