"""The context that one plugin gets for one agent. What it registers here is undone when it stops."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from logging import Logger
from threading import Semaphore
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakSet

from msgspec.structs import replace
from PyQt6 import sip
from PyQt6.QtCore import QObject

from workloom.api.context import Changed, Desktop, Drafts
from workloom.api.contributions import Notice
from workloom.api.plugins import Guard, Plugins, Scope
from workloom.api.services import Services
from workloom.api.tokens import Token, Wires
from workloom.domain.commands import Command
from workloom.domain.errors import WorkloomError
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction
from workloom.domain.options import OptionSet, OptionSpec
from workloom.shell.kit.kit import Kit
from workloom.shell.operations import READS_OF_A_PLUGIN, Contained
from workloom.shell.plugin_kit import PluginKit
from workloom.shell.returned import returned
from workloom.shell.session import AgentSession
from workloom.shell.words import filled, say, word

Result = TypeVar("Result")
Kind = TypeVar("Kind")
Answer = TypeVar("Answer")
More = ParamSpec("More")


class Button:
    """The button of a notice. Notices stay under the bell, and others may keep them: when the plugin stops, it is dead
    and holds nothing of the plugin any more.
    """

    def __init__(self, press: Callable[[], None]) -> None:
        self.press: Callable[[], None] | None = press

    def __call__(self) -> None:
        if self.press is not None:
            self.press()


FAILED: Final = word("The plugin {plugin} failed. Your work goes on without what it wanted to show.")


class PluginContext:
    """Implements `workloom.api.Context`."""

    def __init__(
        self,
        plugin: str,
        scope: Scope,
        wires: Wires,
        session: AgentSession,
        guard: Guard,
        desktop: Desktop,
        kit: Kit,
        notify: Callable[[Notice], None],
        translate: Callable[[str, str], str],
        plugins: Plugins,
        hear_notices: Callable[[Callable[[Notice], bool]], Callable[[], None]],
        hear_clock: Callable[[Callable[[datetime], object]], Callable[[], None]],
        new_options: Sequence[OptionSpec] = (),
    ) -> None:
        """`new_options`: declared since the agent has logged in; their usual values hold until they are read."""
        self._plugin = plugin
        self._scope = scope
        self._wires = wires
        self._session = session
        self._slots = Semaphore(READS_OF_A_PLUGIN)
        self._guard = guard
        self._desktop = desktop
        self._kit = PluginKit(kit, plugin, scope, guard)
        self._notify = notify
        self._translate = translate
        self._plugins = plugins
        self._hear_notices, self._hear_clock = hear_notices, hear_clock
        self._new_options = tuple(new_options)
        self._handlers: list[tuple[Callable[[Event], None], str]] = []
        self._buttons: WeakSet[Button] = WeakSet()
        session.happened.connect(self._dispatch)
        scope.add(self._deaf)

    @property
    def plugin(self) -> str:
        """Id of the plugin."""
        return self._plugin

    @property
    def services(self) -> Services:
        """The services, bound to the agent."""
        return self._session.services

    @property
    def desktop(self) -> Desktop:
        """The parts of the shell that a plugin can use."""
        return self._desktop

    @property
    def drafts(self) -> Drafts:
        """What the agent has typed and not saved."""
        return self._session.drafts

    @property
    def log(self) -> Logger:
        """A logger of the plugin's own name."""
        return logging.getLogger(f"workloom.plugin.{self._plugin}")

    @property
    def kit(self) -> object:
        """The widget kit, with what its lists ask the plugin for under guard."""
        return self._kit

    @property
    def plugins(self) -> object:
        """All plugins of the process."""
        return self._plugins

    def now(self) -> datetime:
        """The service's time."""
        return self._session.now()

    def options(self) -> OptionSet:
        """Options in effect, as last read."""
        known = self._session.known
        if not self._new_options:
            return known.options
        return known.options.with_defaults(self._new_options, [media.name for media in known.media_types])

    def translate(self, text: str, **values: object) -> str:
        """A text of the plugin in the agent's language."""
        return filled(self._translate(self._plugin, text), text, values)

    def may(self, privilege: str) -> bool:
        """Whether the agent holds the privilege, as last read."""
        return privilege in self._session.known.privileges

    def get(self, token: Token[Kind]) -> Kind:
        """The object of a token."""
        return self._wires.get(token)

    def find(self, token: Token[Kind]) -> Kind | None:
        """The object of a token, or None."""
        return self._wires.find(token)

    def ask(
        self, hook: Callable[Concatenate[Any, Any, More], Answer], *args: More.args, **named: More.kwargs
    ) -> Sequence[Answer]:
        """What the plugins answer that implement a hook."""
        return self._wires.ask(hook, *args, **named)

    def ask_each(
        self, hook: Callable[Concatenate[Any, Any, More], Answer], *args: More.args, **named: More.kwargs
    ) -> Sequence[tuple[str, Answer | None]]:
        """The same with the plugins, and None from one that failed."""
        return self._wires.ask_each(hook, *args, **named)

    def read(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None] | None = None,
    ) -> None:
        """Run `function` off the UI thread and `then` on it."""
        answered, refused = self._guarded("then", then), self._failing(failed)
        self._session.read_in(self._slots, self._contained(function), answered, refused, self._lives)

    def change(
        self,
        command: Command,
        then: Callable[[Interaction], None] | None = None,
        failed: Callable[[WorkloomError], None] | None = None,
    ) -> None:
        """Execute a command off the UI thread."""
        after = self._guarded("then", then) if then else None
        self._session.execute(command, after, self._failing(failed), self._lives)

    def change_all(self, commands: Sequence[Command], then: Callable[[Sequence[Changed]], None]) -> None:
        """Execute commands one after the other, off the UI thread."""
        self._session.execute_all(commands, self._guarded("then", then), self._lives)

    def subscribe(self, handler: Callable[[Event], None], *, item: str = "") -> Callable[[], None]:
        """Call `handler` for each event; returns its undo."""
        entry = (handler, item)
        self._handlers.append(entry)

        def undo() -> None:
            if entry in self._handlers:
                self._handlers.remove(entry)

        return self._scope.add(undo)

    def notify(self, notice: Notice) -> None:
        """Show a notice; any thread."""
        if notice.run is not None:
            run = notice.run
            button = Button(partial(self._guarded("notice", lambda _none: run()), None))
            self._buttons.add(button)
            notice = replace(notice, run=button)
        self._notify(notice)

    def on_notice(self, take: Callable[[Notice], bool]) -> Callable[[], None]:
        """Call `take` with each notice."""
        return self._scope.add(self._hear_notices(lambda notice: self._takes(take, notice)))

    def on_clock(self, told: Callable[[datetime], None]) -> Callable[[], None]:
        """Call `told` when the window says its times anew."""
        return self._scope.add(self._hear_clock(self._guarded("clock", told)))

    def on_second(self, told: Callable[[datetime], bool]) -> Callable[[], None]:
        """Call `told` when the window says its times anew, and again in a second if it answers True."""
        return self._scope.add(self._hear_clock(self._guarded("clock", told)))

    def on_stop(self, undo: Callable[[], None]) -> None:
        """Call `undo` when the plugin stops for this agent."""
        self._scope.add(undo)

    def _takes(self, take: Callable[[Notice], bool], notice: Notice) -> bool:
        def asked() -> bool:
            return returned(take(notice), bool)

        return self._lives() and self._guard.call(self._plugin, "notice taker", asked) is True

    def _deaf(self) -> None:
        self._session.happened.disconnect(self._dispatch)
        self._handlers.clear()
        for button in tuple(self._buttons):
            button.press = None

    def _lives(self) -> bool:
        return not self._scope.closed

    def _contained(self, function: Callable[[], Result]) -> Callable[[], Result]:
        """Off the UI thread: a fault of the plugin is told by the guard, and ends the read.

        What still waits when the plugin stops is not begun: nobody would take the answer.
        """

        def work() -> Result:
            if not self._lives():
                raise Contained(say("The plugin {plugin} has stopped.", plugin=self._plugin))
            answer = self._guard.call(self._plugin, "read", lambda: (function(),), passing=WorkloomError)
            if answer is None:
                raise Contained(say(FAILED, plugin=self._plugin))
            return answer[0]

        return work

    def _guarded(self, what: str, function: Callable[[Result], Answer]) -> Callable[[Result], Answer | None]:
        def call(result: Result) -> Answer | None:
            # A widget that was closed meanwhile needs no answer; to call it would be no fault of the plugin's.
            asker = getattr(function, "__self__", None)
            if self._lives() and not (isinstance(asker, QObject) and sip.isdeleted(asker)):
                return self._guard.call(self._plugin, what, function, result)
            return None

        return call

    def _failing(self, failed: Callable[[WorkloomError], None] | None) -> Callable[[WorkloomError], None]:
        return self._guarded("failed", failed) if failed else self._session.refuse

    def _dispatch(self, event: Event) -> None:
        for handler, item in tuple(self._handlers):
            if self._lives() and (not item or item == event.item):
                self._guard.call(self._plugin, f"subscriber of {event.kind}", handler, event)
