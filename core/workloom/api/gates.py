"""Gates: what plugins let happen before and after a command of an item, an action, a change of state or the log-off.

A gate answers with a verdict, which is a value: let pass, refuse with a reason, ask the agent first, attach data, or
carry out another command instead. The shell carries verdicts out, so a gate is the same for one row and for many, for a
button, a key, a menu and a toast, on the UI thread or off it.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from workloom.domain.commands import Command
from workloom.domain.errors import WorkloomError
from workloom.domain.interaction import Interaction, Value
from workloom.domain.pages import ItemRow
from workloom.domain.presence import Presence


class GatedCommand(StrEnum):
    """What a gate can stand before: each command of an agent on an item, by its class, and two of the session."""

    ACCEPT = "Accept"
    REJECT = "Reject"
    PULL = "Pull"
    PLACE_IN_QUEUE = "PlaceInQueue"
    PLACE_IN_WORKBIN = "PlaceInWorkbin"
    CLOSE = "Close"
    TRANSFER = "Transfer"
    CANCEL_TRANSFER = "CancelTransfer"
    SET_PROPERTIES = "SetProperties"
    SET_REFERENCES = "SetReferences"
    SET_DISPOSITION = "SetDisposition"
    ADD_NOTE = "AddNote"
    ASSIGN_CONTACT = "AssignContact"
    MARK_READ = "MarkRead"
    MARK_DONE = "MarkDone"
    REOPEN = "Reopen"
    HOLD = "Hold"
    RESUME = "Resume"
    SET_STATE = "SetState"  # the agent's own state, on one channel or on all
    LOG_OFF = "LogOff"


class GateFails(StrEnum):
    """What becomes of a command when a gate before it fails: raises, does not answer in time, answers nonsense."""

    BLOCK = "block"
    PASS = "pass"  # noqa: S105  # a word for people, no secret


BLOCKED_BY_FAILURE: Final = frozenset({GatedCommand.MARK_DONE, GatedCommand.TRANSFER})
"""Commands that do not pass a gate that fails: what they do leaves the agent's hands for good.

All others pass, and the agent is told: a broken plugin must keep nobody from putting work away or from leaving.
"""


NOT_YET_THERE: Final = frozenset({GatedCommand.ACCEPT, GatedCommand.REJECT, GatedCommand.PULL, GatedCommand.REOPEN})
"""Commands before which the item is not with the agent: nothing can be attached then, only after them."""


def when_a_gate_fails(command: GatedCommand | None) -> GateFails:
    """Whether the command (None: an action) passes a gate that fails."""
    return GateFails.BLOCK if command in BLOCKED_BY_FAILURE else GateFails.PASS


class Question(Struct, frozen=True, kw_only=True):
    """What the agent is asked before a command; `verb` is on the button that goes on.

    `{items}` in title or text stands for the items: the kind and subject of one, the number of several.
    """

    title: str
    text: str = ""
    verb: str = "Go on"
    danger: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """What a gate says of one attempt; as it is, the command passes.

    `refused`: why not, a sentence for the agent. `question`: asked when nothing refuses. `attach`: data that the items
    get just before. `instead`: the command that is carried out in its place; the first gate that has one decides.
    """

    refused: str = ""
    question: Question | None = None
    attach: Mapping[str, Value] = {}
    instead: Command | None = None


def refuse(reason: str) -> Verdict:
    """The command is not carried out, for this reason."""
    return Verdict(refused=reason)


def ask(title: str, text: str = "", verb: str = "Go on", *, danger: bool = False) -> Verdict:
    """The agent decides whether the command is carried out. The same question about several items is asked once."""
    return Verdict(question=Question(title=title, text=text, verb=verb, danger=danger))


def attach(data: Mapping[str, Value]) -> Verdict:
    """The command is carried out when the item has got this data. Not before those of `NOT_YET_THERE`."""
    return Verdict(attach=data)


def instead(command: Command) -> Verdict:
    """Another command is carried out in its place; what stands before and behind that one is asked and told too.

    On the way of one attempt each gate can do so once.
    """
    return Verdict(instead=command)


class Attempt(Struct, frozen=True, kw_only=True):
    """What is about to happen. `rows` are its items as the service has them now, one for a command of an item.

    Of an action `command` is None and `action` its id. `state`, `reason` and `media_type` (empty = on all channels)
    belong to `SET_STATE`. The rows of `LOG_OFF` are the open items.
    """

    what: GatedCommand | None = None
    action: str = ""
    command: Command | None = None
    rows: tuple[ItemRow, ...] = ()
    state: Presence | None = None
    reason: str = ""
    media_type: str = ""

    @property
    def item(self) -> Interaction:
        """The first item. IndexError when there is none."""
        return self.rows[0].item


class Ended(Struct, frozen=True, kw_only=True):
    """What has become of an attempt: the item as it is now, or the error. Both are None after an action has begun.

    `instead`: the command that was carried out in its place, if a gate wanted another one.
    """

    item: Interaction | None = None
    error: WorkloomError | None = None
    instead: Command | None = None


class Gate(Struct, frozen=True, kw_only=True):
    """Stands before and after commands and actions. `title` names the rule to the agent when it fails.

    `before(attempt)` answers with a verdict, None = let pass; `after(attempt, ended)` is told what became of it. They
    are called off the UI thread and may ask the services, unless `on_ui_thread`; then they have 50 ms. A `before` that
    has not answered after `seconds` has failed. `media_types`, `subtypes`: only items of these; empty = any.
    Gates are asked by `order`, then by id; the first refusal ends it.
    """

    id: str
    before: Callable[[Attempt], Verdict | None] | None = None
    after: Callable[[Attempt, Ended], None] | None = None
    title: str = ""
    commands: tuple[GatedCommand, ...] = ()
    actions: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    on_ui_thread: bool = False
    seconds: int = 5
    order: int = 500

    def stands_before(self, attempt: Attempt) -> bool:
        """Whether the attempt is one of those that it wants to see."""
        named = attempt.what in self.commands if attempt.what is not None else attempt.action in self.actions
        return named and (not attempt.rows or any(self._wants(row.item) for row in attempt.rows))

    def _wants(self, item: Interaction) -> bool:
        fits = not self.media_types or item.media_type in self.media_types
        return fits and (not self.subtypes or item.subtype in self.subtypes)
