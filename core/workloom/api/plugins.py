"""Plugins as the shell and the tools see them: what there is, how it fares, and the guard that contains its faults.

The plugin manager implements these Protocols; the composition of the desktop hands them over. What a plugin brings is
put into the shell's `Contributions`, each with an undo that the plugin's scope keeps.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar, TypeVarTuple, cast

from msgspec import Struct

from workloom.api.branding import Branding
from workloom.api.context import Context
from workloom.api.contributions import Action, ActionFilter, Channel, InteractionView, View
from workloom.api.gates import Gate
from workloom.api.inspection import Inspector
from workloom.api.tokens import Wires
from workloom.domain.core_options import core_catalogue
from workloom.domain.events import Event
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.options import OptionSpec

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")
Undo = Callable[[], None]


class PluginState(StrEnum):
    """How a plugin fares."""

    READY = "ready"  # found and in order; its code has not been imported yet
    RUNNING = "running"
    OFF = "off"  # a person has switched it off
    REFUSED = "refused"  # it cannot be started; `PluginInfo.reason` says why and what to do
    PAUSED = "paused"  # it failed too often


class Declared(Struct, frozen=True, kw_only=True):
    """A contribution as the manifest of its plugin declares it, known before any code of the plugin runs.

    `kind`: the table of the manifest. `where`: its places, region, media types or commands; empty = any.
    """

    kind: str
    id: str
    title: str = ""
    where: tuple[str, ...] = ()
    key: str = ""


class PluginInfo(Struct, frozen=True, kw_only=True):
    """What is known of a plugin, as its manifest says it. `reason`: a sentence, empty while all is well.

    `package` is its top-level package, `manifest` the file that was read. `requires` and `optional` hold ids of plugins
    and, with a dot in them, tokens; `provides` and `replaces` tokens.
    """

    id: str
    name: str
    state: PluginState
    package: str
    version: str = ""
    api_level: int = 0
    summary: str = ""
    requires: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    privileges: tuple[tuple[str, str], ...] = ()  # name and meaning
    options: tuple[str, ...] = ()
    contributions: tuple[Declared, ...] = ()
    manifest: str = ""
    reason: str = ""


class Fault(Struct, frozen=True, kw_only=True):
    """Something that a plugin did wrong, contained.

    `where`: what was called, such as `hook actions`. `error`: the kind of error, without its message, and `trace` the
    way to it through the code: neither holds data of customers, so both may be written to files. `said` is the message
    itself; it may hold such data and is for the screen only. `paused`: this one was one too many.
    """

    plugin: str
    where: str
    error: str
    at: datetime
    trace: str
    said: str = ""
    paused: bool = False


class Guard(Protocol):
    """Everything that calls into a plugin goes through here. Any thread."""

    def call(
        self,
        plugin: str,
        what: str,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        passing: type[Exception] | tuple[type[Exception], ...] = (),
        seconds: float = 0.0,
    ) -> Result | None:
        """The result of the function, or None after a fault, which is recorded and told.

        `what` names the call in reports, such as `action transfer`. Errors of the kinds in `passing` are answers of the
        plugin, not faults, and come through. So does KeyboardInterrupt, which is a person's, nothing else. Off the UI
        thread a call that has not returned after `seconds` is a fault and is broken off; 0 = no time-out.
        """
        ...

    def call_in_time(
        self,
        plugin: str,
        what: str,
        function: Callable[[*Arguments], Result],
        *args: *Arguments,
        seconds: float,
        passing: type[Exception] | tuple[type[Exception], ...] = (),
    ) -> Result | None:
        """Like `call`, on a thread of its own, and None after `seconds` at the latest. Blocks; not on the UI thread.

        While such a call has not come back it is not made again: None at once.
        """
        ...


class Scope(Protocol):
    """Holds the undo of everything that a plugin has registered for one session."""

    @property
    def closed(self) -> bool:
        """True as soon as the plugin has begun to stop: nothing may call it back any more."""
        ...

    def add(self, undo: Undo) -> Undo:
        """Have `undo` called when the plugin stops, last added first; at once if it has stopped already.

        What is returned undoes it earlier; calling it twice does no harm.
        """
        ...


class Contributions(Protocol):
    """Takes what plugins bring to one agent's window. Each addition returns its undo; BadInput if the id is taken."""

    def add_channel(self, plugin: str, channel: Channel) -> Undo:
        """Add a kind of work."""
        ...

    def add_interaction_view(self, plugin: str, view: InteractionView) -> Undo:
        """Add a pane for open items."""
        ...

    def add_view(self, plugin: str, view: View) -> Undo:
        """Add a view."""
        ...

    def add_action(self, plugin: str, action: Action) -> Undo:
        """Add an action."""
        ...

    def add_action_filter(self, plugin: str, action_filter: ActionFilter) -> Undo:
        """Add a filter of actions."""
        ...

    def add_gate(self, plugin: str, gate: Gate) -> Undo:
        """Add a gate."""
        ...


class PluginSession(Protocol):
    """The plugins of one logged-in agent. Only from the UI thread."""

    def contexts(self) -> Mapping[str, Context]:
        """The contexts of the plugins that run for the agent, by plugin."""
        ...

    def interaction_changed(self, event: Event) -> None:
        """Tell the plugins that something happened."""
        ...

    def close(self) -> None:
        """Tell the plugins that the agent leaves, then undo all that they registered, last plugin first."""
        ...


class Plugins(Protocol):
    """All plugins of this process."""

    @property
    def guard(self) -> Guard: ...

    @property
    def inspector(self) -> Inspector: ...

    def load(self) -> None:
        """Import and construct the plugins that are ready, one by one. Blocks; any thread.

        A second call does nothing.
        """
        ...

    def open_session(
        self,
        make_context: Callable[[str, Scope, Wires], Context],
        contributions: Contributions,
        *,
        may: Callable[[str], bool],
        media_types: Collection[str],
    ) -> PluginSession:
        """Start the plugins for one agent, on the UI thread: collect what they bring, then tell them.

        `make_context(plugin, scope, wires)` makes the plugin's own context: what the context registers goes into the
        scope, and tokens and hooks of other plugins come through the wires.
        `may` tells which privileges the agent holds, `media_types` are those of the channels that the agent is on.
        Plugins that are enabled or paused later come and go in `contributions` by themselves.
        """
        ...

    def option_specs(self) -> Sequence[OptionSpec]:
        """The options that plugins declare."""
        ...

    def branding(self) -> Branding:
        """What plugins say of the look."""
        ...

    def translator(self, language: Callable[[], str]) -> Callable[[str, str], str]:
        """A function that says a text of a plugin in a language such as `de` or `de_AT`: `translate(plugin, text)`.

        `language` is asked only where there are translations.
        """
        ...

    def infos(self) -> Sequence[PluginInfo]:
        """All plugins that were found, in their order; those that cannot be started come last."""
        ...

    def faults(self) -> Sequence[Fault]:
        """The last faults, oldest first."""
        ...

    def on_fault(self, told: Callable[[Fault], None]) -> Undo:
        """Call `told` after each fault, on the thread on which it happened; returns its undo."""
        ...

    def on_change(self, changed: Callable[[], None]) -> Undo:
        """Call `changed` on the UI thread after a plugin was started, stopped or paused; returns its undo."""
        ...


def plugins_of(context: Context) -> Plugins:
    """All plugins of the process, for tools that look at them."""
    return cast(Plugins, context.plugins)


def option_catalogue(plugins: Plugins) -> OptionCatalogue:
    """All options that are declared: those of the core, and those of plugins."""
    return core_catalogue().with_specs(plugins.option_specs())
