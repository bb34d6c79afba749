"""The plugins of one logged-in agent: their session, what each may use, and what they declare while it lasts."""

from collections.abc import Callable, Sequence
from typing import Protocol

from workloom.api.contributions import Notice
from workloom.api.plugins import Plugins, PluginSession, Scope
from workloom.api.tokens import Wires
from workloom.domain.events import Event
from workloom.domain.options import OptionSpec
from workloom.shell.action_bar import Actions
from workloom.shell.kit.kit import Kit
from workloom.shell.plugin_context import PluginContext
from workloom.shell.plugin_desktop import PluginDesktop, Window
from workloom.shell.registries.contributions import Registries
from workloom.shell.session import AgentSession
from workloom.shell.window.workspace import Workspace


class Desk(Window, Protocol):
    """What plugins get through their contexts."""

    @property
    def kit(self) -> Kit: ...
    @property
    def session(self) -> AgentSession: ...
    @property
    def registries(self) -> Registries: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def workspace(self) -> Workspace: ...

    def notify(self, notice: Notice) -> None:
        """Show a notice; any thread."""
        ...


class DeskPlugins:
    """None runs before `open`. On the UI thread."""

    def __init__(self, desk: Desk, plugins: Plugins) -> None:
        self._desk, self._plugins = desk, plugins
        self._session: PluginSession | None = None
        self._declared: Sequence[OptionSpec] = plugins.option_specs()

    def open(self, translate: Callable[[str, str], str]) -> None:
        """Collect what they contribute. `translate(plugin, text)` says a text in the agent's language."""
        desk, known = self._desk, self._desk.session.known
        desk.registries.translate = translate
        self._session = self._plugins.open_session(
            self._context,
            desk.registries,
            may=lambda privilege: privilege in desk.session.known.privileges,
            media_types={channel.media_type for channel in known.session.channels if channel.is_on},
        )
        self._declared = self._plugins.option_specs()

    def heard(self, event: Event) -> None:
        """Tell them what happened."""
        if self._session is not None:
            self._session.interaction_changed(event)

    def declare_others(self) -> bool:
        """Whether they declare other options than when this was asked last."""
        before, self._declared = self._declared, self._plugins.option_specs()
        return self._declared != before

    def close(self) -> None:
        """End their session, and with it all that they brought."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _context(self, plugin: str, scope: Scope, wires: Wires) -> PluginContext:
        desk, guard, board = self._desk, self._plugins.guard, self._desk.workspace.board
        return PluginContext(
            plugin,
            scope,
            wires,
            desk.session,
            guard,
            PluginDesktop(plugin, scope, desk.kit, desk.registries, guard, desk.actions, desk),
            desk.kit,
            desk.notify,
            desk.registries.translate,
            self._plugins,
            board.on_notice,
            desk.workspace.on_clock,
            new_options=self._new_options(plugin),
        )

    def _new_options(self, plugin: str) -> Sequence[OptionSpec]:
        """What a plugin declares and did not when the agent logged in, since it is being worked on."""
        if self._session is None:
            return ()
        return [one for one in self._plugins.option_specs() if one.declared_by == plugin and one not in self._declared]
