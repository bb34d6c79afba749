"""What waits for the service, in words: each change by what it does and to which item. No Qt."""

from collections.abc import Callable
from typing import Any, Final

from workloom.domain.commands import (
    Accept,
    AddNote,
    AssignContact,
    CancelTransfer,
    Close,
    Command,
    Hold,
    MarkDone,
    MarkRead,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reject,
    Reopen,
    Resume,
    SetDisposition,
    SetProperties,
    SetReferences,
    Transfer,
)
from workloom.domain.presence import PRESENCE_WORDS, Presence
from workloom.shell.knowledge import Knowledge

_VERBS: Final[dict[type[Command], Callable[[Any], str]]] = {
    Accept: lambda _command: "Accept",
    Reject: lambda _command: "Reject",
    Pull: lambda _command: "Open",
    PlaceInQueue: lambda _command: "Move to a queue",
    PlaceInWorkbin: lambda _command: "Move to a workbin",
    Close: lambda _command: "Put away",
    Transfer: lambda command: f"Transfer to {command.target.id}",
    CancelTransfer: lambda _command: "Take the transfer back",
    SetProperties: lambda command: f"Save {', '.join(command.changes)}",
    SetReferences: lambda _command: "Save the references",
    SetDisposition: lambda command: f"Disposition {command.value}" if command.value else "Clear the disposition",
    AddNote: lambda _command: "Add a note",
    AssignContact: lambda _command: "Assign the contact",
    MarkRead: lambda _command: "Mark as read",
    MarkDone: lambda _command: "Done",
    Reopen: lambda _command: "Reopen",
    Hold: lambda _command: "Hold",
    Resume: lambda _command: "Resume",
}


def what_of(command: Command) -> str:
    """`Done`, `Transfer to Household team`."""
    verb = _VERBS.get(type(command))
    return verb(command) if verb else type(command).__name__


def about_of(command: Command, known: Knowledge) -> str:
    """The subject of the item where this desktop knows it, else empty."""
    rows = (*known.open_rows, *(offer.row for offer in known.offers))
    return next((row.item.subject for row in rows if row.item.id == command.item), "")


def state_of(state: Presence, media_type: str, known: Knowledge) -> str:
    """`Ready on Claims`."""
    return PRESENCE_WORDS[state] + (f" on {known.media_type(media_type).title}" if media_type else "")
