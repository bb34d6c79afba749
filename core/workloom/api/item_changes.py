"""One command for each of several items, and what is said when all have been answered. No Qt."""

from collections.abc import Callable, Sequence
from functools import partial

from workloom.api.context import Changed, Context
from workloom.api.contributions import Notice, Tone
from workloom.api.words import Say, as_it_is, say_count
from workloom.domain.commands import Command, PlaceInQueue, PlaceInWorkbin, Pull, Reopen
from workloom.domain.errors import CalledOff
from workloom.domain.interaction import Interaction, State
from workloom.domain.pages import ItemRow

TakeBack = Callable[[Context, Sequence[ItemRow]], None]


def change_items(
    context: Context,
    rows: Sequence[ItemRow],
    command: Callable[[ItemRow], Command],
    not_done: str,
    said: Callable[[Sequence[ItemRow]], None],
) -> None:
    """Execute `command(row)` for each row; `said(changed)` once at the end. A refusal is told for its own item.

    `not_done` ends the title of a refusal: `is not moved`, in the agent's language.
    """

    def answered(answers: Sequence[Changed]) -> None:
        changed = _changed(context, rows, answers, not_done)
        if changed:
            said(changed)

    context.change_all([command(row) for row in rows], answered)


def said_of(rows: Sequence[ItemRow], say: Say = as_it_is) -> str:
    """The subject of one item, the number of several. `say`: `Context.translate`."""
    return rows[0].item.subject if len(rows) == 1 else say_count(say, len(rows), "{count} item", "{count:,} items")


def tell_changed(context: Context, title: str, rows: Sequence[ItemRow], undo: TakeBack) -> None:
    """Say what was done, with a way back for all of the items: `take_back` or `reopen`."""
    about = rows[0].item.id if len(rows) == 1 else ""
    run, text = partial(undo, context, rows), said_of(rows, context.translate)
    action = context.translate("Undo")
    context.notify(Notice(title=title, text=text, tone=Tone.SUCCESS, action=action, run=run, about=about))


def take_back(context: Context, rows: Sequence[ItemRow]) -> None:
    """Bring items back to where they were before they were moved: to the agent, or to where they rested."""
    was_open = State.HANDLING
    commands = [Pull(item=row.item.id) if row.item.state is was_open else where_it_was(row.item) for row in rows]

    def answered(answers: Sequence[Changed]) -> None:
        for row in _changed(context, rows, answers, context.translate("is not taken back")):
            if row.item.state is was_open:
                context.desktop.open_item(row.item.id)

    context.change_all(commands, answered)


def reopen(context: Context, rows: Sequence[ItemRow]) -> None:
    """Reopen items that were marked done; those that had rested somewhere go back there."""

    def reopened(answers: Sequence[Changed]) -> None:
        back = _changed(context, rows, answers, context.translate("is not reopened"))
        rested = [row for row in back if row.item.state is not State.HANDLING]
        for row in back:
            if row.item.state is State.HANDLING:
                context.desktop.open_item(row.item.id)
        if rested:
            take_back(context, rested)

    context.change_all([Reopen(item=row.item.id) for row in rows], reopened)


def where_it_was(item: Interaction) -> Command:
    """The command that puts an item back to where it rested."""
    if item.workbin:
        return PlaceInWorkbin(item=item.id, workbin=item.workbin, owner=item.workbin_owner)
    return PlaceInQueue(item=item.id, queue=item.queue)


def _changed(
    context: Context, rows: Sequence[ItemRow], answers: Sequence[Changed], not_done: str
) -> tuple[ItemRow, ...]:
    """The rows that were changed; what stood against the others is told. What the agent called off is known already."""
    for row, answer in zip(rows, answers, strict=True):
        if answer.error is not None and not isinstance(answer.error, CalledOff):
            title = f"“{row.item.subject}” {not_done}"
            context.notify(Notice(title=title, text=str(answer.error), tone=Tone.WARNING, about=row.item.id))
    return tuple(row for row, answer in zip(rows, answers, strict=True) if answer.error is None)
