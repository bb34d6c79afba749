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
from workloom.shell.words import say

_VERBS: Final[dict[type[Command], Callable[[Any], str]]] = {
    Accept: lambda _command: say("Accept"),
    Reject: lambda _command: say("Reject"),
    Pull: lambda _command: say("Open"),
    PlaceInQueue: lambda _command: say("Move to a queue"),
    PlaceInWorkbin: lambda _command: say("Move to a workbin"),
    Close: lambda _command: say("Put away"),
    Transfer: lambda command: say("Transfer to {id}", id=command.target.id),
    CancelTransfer: lambda _command: say("Take the transfer back"),
    SetProperties: lambda command: say("Save {name}", name=", ".join(command.changes)),
    SetReferences: lambda _command: say("Save the references"),
    SetDisposition: lambda command: (
        say("Disposition {value}", value=command.value) if command.value else say("Clear the disposition")
    ),
    AddNote: lambda _command: say("Add a note"),
    AssignContact: lambda _command: say("Assign the contact"),
    MarkRead: lambda _command: say("Mark as read"),
    MarkDone: lambda _command: say("Done"),
    Reopen: lambda _command: say("Reopen"),
    Hold: lambda _command: say("Hold"),
    Resume: lambda _command: say("Resume"),
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
    said = say(PRESENCE_WORDS[state])
    return say("{state} on {title}", state=said, title=known.media_type(media_type).title) if media_type else said
