"""What people of the machine's office may try with an item, and which of it moves the item."""

from collections.abc import Callable
from datetime import datetime, timedelta

from workloom.domain.commands import (
    Accept,
    CancelTransfer,
    Close,
    Command,
    Hold,
    MarkDone,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reject,
    Reopen,
    Resume,
    SetProperties,
    Transfer,
)
from workloom.domain.interaction import Interaction, State
from workloom.domain.targets import Target, TargetType

RESTING = (State.QUEUED, State.IN_WORKBIN)
TAKES = (Accept, Pull, Reopen)
KEEPS = (SetProperties, CancelTransfer, Reject, Resume)

MAKERS: dict[str, Callable[[Interaction, datetime], Command]] = {
    "accept": lambda item, _: Accept(item=item.id, ticket=item.offer.ticket if item.offer else "none"),
    "reject": lambda item, _: Reject(item=item.id, ticket=item.offer.ticket if item.offer else "none"),
    "pull": lambda item, _: Pull(item=item.id),
    "close": lambda item, _: Close(item=item.id),
    "done": lambda item, _: MarkDone(item=item.id),
    "reopen": lambda item, _: Reopen(item=item.id),
    "to queue": lambda item, _: PlaceInQueue(item=item.id, queue="shelf"),
    "to workbin": lambda item, _: PlaceInWorkbin(item=item.id, workbin="team", owner="experts"),
    "to ann": lambda item, _: Transfer(item=item.id, target=Target(type=TargetType.AGENT, id="ann")),
    "to bob": lambda item, _: Transfer(item=item.id, target=Target(type=TargetType.AGENT, id="bob")),
    "to experts": lambda item, _: Transfer(item=item.id, target=Target(type=TargetType.GROUP, id="experts")),
    "to law": lambda item, _: Transfer(item=item.id, target=Target(type=TargetType.SKILL, id="Legal>=3")),
    "cancel": lambda item, _: CancelTransfer(item=item.id),
    "hold": lambda item, _: Hold(item=item.id),
    "hold a while": lambda item, now: Hold(item=item.id, until=now + timedelta(seconds=60)),
    "resume": lambda item, _: Resume(item=item.id),
    "change": lambda item, _: SetProperties(item=item.id, changes={"Count": int(item.attached.get("Count", 0)) + 1}),
}


WORK = (
    "done",
    "done",
    "hand over",
    "hand over",
    "to experts",
    "to law",
    "hold a while",
    "to workbin",
    "to queue",
    "change",
)
