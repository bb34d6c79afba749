"""What a plugin gets: a context, not the world. One for each plugin and logged-in agent."""

from collections.abc import Callable, Sequence
from datetime import datetime
from logging import Logger
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from msgspec import Struct

from workloom.api.contributions import ActionPlace, Notice, Region, Subject
from workloom.api.services import Services
from workloom.api.tokens import Token
from workloom.domain.commands import Command
from workloom.domain.errors import WorkloomError
from workloom.domain.events import Event
from workloom.domain.interaction import Interaction
from workloom.domain.options import OptionSet
from workloom.domain.presence import Presence

Result = TypeVar("Result")
Kind = TypeVar("Kind")
Answer = TypeVar("Answer")
More = ParamSpec("More")


class Changed(Struct, frozen=True, kw_only=True):
    """What became of one command of several: the item as it is now, or the error that stood against it."""

    command: Command
    item: Interaction | None = None
    error: WorkloomError | None = None


NOTE_DRAFT = "note"
"""Field of a draft that is the note which the agent was writing; the shell can offer to add it to the item."""


class Drafts(Protocol):
    """Text that the agent has typed and not saved, kept on this computer so that a crash loses at most a second.

    Safe to call from the UI thread: writing happens behind it.
    """

    def keep(self, item: str, field: str, text: str) -> None:
        """Remember the text of a field of an item; empty forgets it."""
        ...

    def of(self, item: str) -> dict[str, str]:
        """Kept texts of an item by field."""
        ...

    def forget(self, item: str) -> None:
        """Drop all drafts of an item."""
        ...


class Desktop(Protocol):
    """The parts of the shell that a plugin can use. Only from the UI thread."""

    def open_item(self, item: str, *, focus: bool = True) -> None:
        """Show an item that is with the agent; bring its pane to the front when `focus`."""
        ...

    def show_view(self, view: str) -> None:
        """Bring a main view to the front."""
        ...

    def toolbar(self, place: ActionPlace, subject: Callable[[], Subject | None]) -> object:
        """A toolbar widget with the actions of a place; asks `subject` at each refresh and at each click.

        It refreshes by itself after events; call its `refresh()` when the subject changed otherwise.
        """
        ...

    def tabs(self, region: Region) -> object:
        """A tab widget with the views of an item region; `show_item(id)` sets its subject, `""` empties it.

        `corner(widget)` puts a widget at the right end of the row of tabs.
        """
        ...

    def run_action(self, action: str, subject: Subject, anchor: object = None) -> None:
        """Run an action by id, with the checks of its button. A refusal becomes a notice."""
        ...

    def set_state(self, state: Presence, *, reason: str = "", media_type: str = "") -> None:
        """Change the agent's state on one channel, or on all when `media_type` is empty. A refusal becomes a notice."""
        ...

    def actions(self, place: ActionPlace) -> Sequence[Any]:
        """The actions of a place that the agent's privileges allow, in order."""
        ...


class Context(Protocol):
    """Everything that a plugin needs while one agent is logged in.

    What is registered through it is undone when the plugin stops or the agent logs off.
    """

    @property
    def plugin(self) -> str:
        """Id of the plugin."""
        ...

    @property
    def services(self) -> Services:
        """The services; they may block: call them through `read`, not on the UI thread."""
        ...

    @property
    def desktop(self) -> Desktop: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def log(self) -> Logger:
        """A logger of the plugin's own name."""
        ...

    @property
    def kit(self) -> object:
        """The widget kit; `workloom.api.ui.kit(context)` gives it its type."""
        ...

    @property
    def plugins(self) -> object:
        """All plugins of the process, for tools; `workloom.api.plugins_of(context)` gives it its type."""
        ...

    def now(self) -> datetime:
        """The service's time, as an aware instant."""
        ...

    def options(self) -> OptionSet:
        """Options in effect for the agent, as last read. Never blocks."""
        ...

    def translate(self, text: str, **values: object) -> str:
        """A text of the plugin in the agent's language, with `{name}` filled in. Any thread.

        The translation is that of `locale/<language>/<id of the plugin>.po`, else what the shell says for the same
        text, such as Cancel; without one the text is as it is.
        """
        ...

    def may(self, privilege: str) -> bool:
        """Whether the agent holds the privilege, as last read. Never blocks."""
        ...

    def get(self, token: Token[Kind]) -> Kind:
        """The object of a token that the plugin requires, built when it is first asked for; any thread.

        NotFound if nobody provides it, or if building it has failed.
        """
        ...

    def find(self, token: Token[Kind]) -> Kind | None:
        """The object of a token that the plugin names as optional; None if nobody provides it. Any thread."""
        ...

    def ask(
        self, hook: Callable[Concatenate[Any, "Context", More], Answer], *args: More.args, **named: More.kwargs
    ) -> Sequence[Answer]:
        """What the plugins answer that implement a hook of one's own, each with its own context, in their order.

        `hook` is the specification: `context.ask(ClaimHooks.claim_checks, item)`. One that fails is left out.
        """
        ...

    def ask_each(
        self, hook: Callable[Concatenate[Any, "Context", More], Answer], *args: More.args, **named: More.kwargs
    ) -> Sequence[tuple[str, Answer | None]]:
        """Like `ask`, with the id of each plugin; None stands for the answer of one that failed.

        For whoever must not do without an answer, such as a check before something that cannot be taken back.
        """
        ...

    def read(
        self,
        function: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[WorkloomError], None] | None = None,
    ) -> None:
        """Run `function` off the UI thread and `then` on it with the result. Without `failed` an error is a notice.

        When the plugin has stopped meanwhile, neither is called.
        """
        ...

    def change(
        self,
        command: Command,
        then: Callable[[Interaction], None] | None = None,
        failed: Callable[[WorkloomError], None] | None = None,
    ) -> None:
        """Execute a command off the UI thread, under a key of its own, and come back as `read` does.

        The gates of plugins come first; what they refuse is an error like any other.
        """
        ...

    def change_all(self, commands: Sequence[Command], then: Callable[[Sequence[Changed]], None]) -> None:
        """Execute commands one after the other; `then` gets one answer for each, in their order.

        One that is refused does not keep the others from being carried out. Gates ask once about all of them.
        """
        ...

    def subscribe(self, handler: Callable[[Event], None], *, item: str = "") -> Callable[[], None]:
        """Call `handler` on the UI thread for each event that the agent may know of; returns its undo.

        After a long time without the service events are not told one by one: then comes one of the kind SITE_APPLIED,
        at which whatever is shown is read anew, and one of the kind READ for each open item.
        """
        ...

    def notify(self, notice: Notice) -> None:
        """Show a notice; any thread."""
        ...

    def on_notice(self, take: Callable[[Notice], bool]) -> Callable[[], None]:
        """Call `take` on the UI thread with each notice that the agent gets, whoever it comes from; returns its undo.

        When it answers True, the plugin shows the notice itself; the window only keeps it under the bell.
        """
        ...

    def on_clock(self, told: Callable[[datetime], None]) -> Callable[[], None]:
        """Call `told(now)` on the UI thread at once and each time the window says its times anew; returns its undo.

        Whoever shows how long something has lasted says it as of that instant, so that one window never says two times.
        """
        ...

    def on_second(self, told: Callable[[datetime], bool]) -> Callable[[], None]:
        """Like `on_clock`; as long as `told` answers True, because it shows seconds, it is called again after one."""
        ...

    def on_stop(self, undo: Callable[[], None]) -> None:
        """Call `undo` when the plugin stops for this agent; last registered first."""
        ...


CONTEXT: Final[Token[Context]] = Token("workloom.context")
"""The plugin's own context, among what a provider needs."""
SERVICES: Final[Token[Services]] = Token("workloom.services")
"""The services, bound to the agent, among what a provider needs."""
