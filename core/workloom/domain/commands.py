"""What can be done with an item: each change is one frozen command.

A command is executed with an idempotency key in one transaction and leaves event rows. Commands of agents name the
item and, where it matters, the `fence` that the agent saw (0 = do not check; the owner is checked in any case).
"""

from datetime import datetime

from msgspec import Struct

from workloom.domain.interaction import Value
from workloom.domain.targets import Target


class Command(Struct, frozen=True, kw_only=True, tag=True, forbid_unknown_fields=True):
    """Base of all commands on an item. `item` is the interaction id."""

    item: str
    fence: int = 0


class Accept(Command, frozen=True, kw_only=True):
    """Take the offered item: the agent becomes party."""

    ticket: str


class Reject(Command, frozen=True, kw_only=True):
    """Decline the offer: the item goes back where the router took it, at its old age."""

    ticket: str


class Pull(Command, frozen=True, kw_only=True):
    """Take an item from the queue or workbin where it rests.

    `from_history`: it is opened from a history, so the option `<mt>.pull-from-history-isenabled` counts as well.
    """

    from_history: bool = False


class PlaceInQueue(Command, frozen=True, kw_only=True):
    """Let the item rest in a queue."""

    queue: str


class PlaceInWorkbin(Command, frozen=True, kw_only=True):
    """Let the item rest in a workbin. `owner` is a person, group or place; empty = the caller's own."""

    workbin: str
    owner: str = ""


class Close(Command, frozen=True, kw_only=True):
    """Put an open item away undone: into the in-progress workbin, else back to its queue."""


class Transfer(Command, frozen=True, kw_only=True):
    """Hand the item to a target, directly or by routing as the options say."""

    target: Target
    note: str = ""


class CancelTransfer(Command, frozen=True, kw_only=True):
    """Withdraw a direct transfer that nobody has accepted yet."""


class SetProperties(Command, frozen=True, kw_only=True):
    """Add, change or delete (value None) attached data."""

    changes: dict[str, Value | None]


class SetReferences(Command, frozen=True, kw_only=True):
    """Change what ties the item to others: its number at the source and its parent item. None = leave as it is."""

    external_id: str | None = None
    parent_id: str | None = None


class SetDisposition(Command, frozen=True, kw_only=True):
    """Record the outcome in the business's own terms; empty clears it."""

    value: str


class AddNote(Command, frozen=True, kw_only=True):
    """Leave a remark for colleagues."""

    text: str


class AssignContact(Command, frozen=True, kw_only=True):
    """Tie the item to a contact; empty unties it."""

    contact: str


class MarkRead(Command, frozen=True, kw_only=True):
    """The owner has seen the item in the workbin."""


class MarkDone(Command, frozen=True, kw_only=True):
    """Finish the item: it leaves the process."""


class Reopen(Command, frozen=True, kw_only=True):
    """Bring a finished item back to the caller; its first completion stays in its history."""


class Hold(Command, frozen=True, kw_only=True):
    """Do not route the item until `until` (None = until resumed)."""

    until: datetime | None = None


class Resume(Command, frozen=True, kw_only=True):
    """End a hold."""


class Complete(Command, frozen=True, kw_only=True):
    """Finish somebody else's item, or one that rests, as completed. For supervisors."""


class Cancel(Command, frozen=True, kw_only=True):
    """Finish somebody else's item, or one that rests, as canceled. For supervisors."""


class Restart(Command, frozen=True, kw_only=True):
    """Bring a finished item back into its queue. For supervisors."""


AgentCommand = (
    Accept
    | Reject
    | Pull
    | PlaceInQueue
    | PlaceInWorkbin
    | Close
    | Transfer
    | CancelTransfer
    | SetProperties
    | SetReferences
    | SetDisposition
    | AddNote
    | AssignContact
    | MarkRead
    | MarkDone
    | Reopen
    | Hold
    | Resume
)

ManagementCommand = Hold | Resume | Complete | Cancel | Restart | PlaceInQueue | SetProperties
"""What supervisors do with items of a list, one or many."""
