"""The table of legal moves: what each command of an agent does to an item.

`decide` is pure: the same item, command and circumstances give the same decision. What time and routing do to items
stands in `moves_offers` and `moves_resting`, what sources do in `capture`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from workloom.domain import commands
from workloom.domain.commands import Command
from workloom.domain.errors import BadInput
from workloom.domain.interaction import Interaction, State
from workloom.domain.moves_base import Circumstances, Decision, handling_until, need_fence
from workloom.domain.moves_content import (
    add_note,
    assign_contact,
    mark_read,
    set_disposition,
    set_properties,
    set_references,
)
from workloom.domain.moves_management import cancel, complete, restart
from workloom.domain.moves_offers import accept, reject
from workloom.domain.moves_resting import (
    close,
    hold,
    mark_done,
    place_in_queue,
    place_in_workbin,
    pull,
    reopen,
    resume,
)
from workloom.domain.moves_transfer import cancel_transfer, transfer

_MOVES: Final[Mapping[type[Command], Callable[[Interaction, Any, Circumstances], Decision]]] = {
    commands.Accept: accept,
    commands.Reject: reject,
    commands.Pull: pull,
    commands.PlaceInQueue: place_in_queue,
    commands.PlaceInWorkbin: place_in_workbin,
    commands.Close: close,
    commands.Transfer: transfer,
    commands.CancelTransfer: cancel_transfer,
    commands.SetProperties: set_properties,
    commands.SetReferences: set_references,
    commands.SetDisposition: set_disposition,
    commands.AddNote: add_note,
    commands.AssignContact: assign_contact,
    commands.MarkRead: mark_read,
    commands.MarkDone: mark_done,
    commands.Reopen: reopen,
    commands.Hold: hold,
    commands.Resume: resume,
    commands.Complete: complete,
    commands.Cancel: cancel,
    commands.Restart: restart,
}


def decide(item: Interaction, command: Command, circumstances: Circumstances) -> Decision:
    """What the command does. Raises NotAllowed, Refused kinds, NotFound, BadInput; then nothing has changed.

    A command of the item's agent starts the handling time anew.
    """
    move = _MOVES.get(type(command))
    if move is None:
        raise BadInput(f"{type(command).__name__} is no command on an item.")
    need_fence(item, command.fence, circumstances.site)
    decision = move(item, command, circumstances)
    after = decision.item
    if after.state is State.HANDLING and after.assigned_to == circumstances.person:
        until = handling_until(after, circumstances.site, circumstances.now)
        return replace(decision, item=replace(after, handling_until=until))
    return decision
