"""The sessions of the agents who are logged in at this desktop: plugins are started in them, wait, and are stopped."""

from collections.abc import Callable, Sequence
from functools import partial

from workloom.api.contributions import ActionFilter
from workloom.api.plugins import Contributions
from workloom.plugin_manager.activation import allowed, needed
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.leaks import Leftovers
from workloom.plugin_manager.lifecycle import Lifecycle
from workloom.plugin_manager.sessions import Agent, MakeContext, OpenSession
from workloom.plugin_manager.start_up import StartUp


class OpenSessions:
    """All that are open. `changed` is called when the use of a plugin that waited has started it."""

    def __init__(
        self,
        plugins: Lifecycle,
        hooks: Hooks,
        guard: PluginGuard,
        leftovers: Leftovers,
        start_up: StartUp,
        filters: Callable[[str], Sequence[ActionFilter]],
        soon: Callable[[Callable[[], None]], None],
        changed: Callable[[], None],
    ) -> None:
        self._plugins, self._hooks, self._guard, self._leftovers = plugins, hooks, guard, leftovers
        self._start_up, self._filters, self._soon, self._changed = start_up, filters, soon, changed
        self._open: list[OpenSession] = []

    def open(self, make_context: MakeContext, contributions: Contributions, agent: Agent) -> OpenSession:
        """Start the plugins for one agent."""
        session = OpenSession(
            self._hooks,
            self._guard,
            make_context,
            contributions,
            self._open.remove,
            self._leftovers,
            self._filters,
            self._plugins,
            agent,
        )
        with self._start_up.recorded(linger=True):
            self._open.append(session)
            self._fill(session)
        return session

    def fill(self) -> None:
        """Start what runs and is not there yet, in every one."""
        for session in tuple(self._open):
            self._fill(session)

    def stop(self, plugin: str) -> None:
        """Stop a plugin in every one."""
        for session in tuple(self._open):
            session.stop(plugin)

    def _fill(self, session: OpenSession) -> None:
        """Start what the agent may have and needs now, and let the rest of it wait."""
        self._plugins.refuse_unmet()
        able = self._plugins.able()
        may_have = allowed(able, session.agent.may)
        now = needed(able, [one.id for one in able if one.id in may_have and session.needs(one)]) & may_have
        self._plugins.import_ready(now)
        self._plugins.construct_ready(now)
        there = session.contexts()
        missing = [one for one in self._plugins.running() if one in now and one not in there]
        if missing:
            session.start(missing)
        for plugin in missing:
            self._guard.meter.started(plugin)
        session.keep_waiting(may_have)
        for manifest in able:
            if manifest.id in may_have - now:
                session.let_wait(manifest, partial(self._wake, session, manifest.id), self._soon)

    def _wake(self, session: OpenSession, plugin: str) -> None:
        """Something of a plugin that waits is used. UI thread."""
        if session.is_open and session.wake(plugin):
            for user in reversed(self._plugins.users_of(plugin)):
                session.stop(user)
            with self._start_up.recorded():
                self._fill(session)
            if plugin not in session.contexts():
                session.stop(plugin)
            self._changed()
