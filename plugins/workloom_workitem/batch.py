"""One command for each of several items, and what is said when all have been answered. No Qt."""

from collections.abc import Callable, Sequence
from functools import partial

from workloom.api import (
    Command,
    Context,
    Interaction,
    ItemRow,
    Notice,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    Reopen,
    State,
    Tone,
    WorkloomError,
    wording,
)


def change_all(
    context: Context,
    rows: Sequence[ItemRow],
    command: Callable[[ItemRow], Command],
    not_done: str,
    said: Callable[[Sequence[ItemRow]], None],
) -> None:
    """Execute `command(row)` for each row; `said(changed)` once at the end. A refusal is told for its own item.

    `not_done` ends the title of a refusal: `is not moved`.
    """
    changed: list[ItemRow] = []
    waiting = len(rows)

    def ended() -> None:
        nonlocal waiting
        waiting -= 1
        if changed and not waiting:
            said(changed)

    def done(row: ItemRow, _item: Interaction) -> None:
        changed.append(row)
        ended()

    def failed(row: ItemRow, error: WorkloomError) -> None:
        title = f"“{row.item.subject}” {not_done}"
        context.notify(Notice(title=title, text=str(error), tone=Tone.WARNING, about=row.item.id))
        ended()

    for row in rows:
        context.change(command(row), then=partial(done, row), failed=partial(failed, row))


def named(rows: Sequence[ItemRow]) -> str:
    """The subject of one item, the number of several."""
    return rows[0].item.subject if len(rows) == 1 else wording.count(len(rows), "item")


def undone(context: Context, title: str, rows: Sequence[ItemRow], undo: Callable[[ItemRow], None]) -> None:
    """Say what was done, with a way back for each of the items."""

    def run() -> None:
        for row in rows:
            undo(row)

    about = rows[0].item.id if len(rows) == 1 else ""
    context.notify(Notice(title=title, text=named(rows), tone=Tone.SUCCESS, action="Undo", run=run, about=about))


def take_back(context: Context, row: ItemRow) -> None:
    """Bring an item back to where it was before it was moved: to the agent, or to where it rested."""
    if row.item.state is State.HANDLING:
        context.change(Pull(item=row.item.id), then=partial(_open, context))
    else:
        context.change(_where_it_was(row.item))


def reopen(context: Context, row: ItemRow) -> None:
    """Reopen an item that was marked done; one that had rested somewhere goes back there."""

    def reopened(item: Interaction) -> None:
        if row.item.state is State.HANDLING:
            _open(context, item)
        else:
            context.change(_where_it_was(row.item))

    context.change(Reopen(item=row.item.id), then=reopened)


def _open(context: Context, item: Interaction) -> None:
    context.desktop.open_item(item.id)


def _where_it_was(item: Interaction) -> Command:
    if item.workbin:
        return PlaceInWorkbin(item=item.id, workbin=item.workbin, owner=item.workbin_owner)
    return PlaceInQueue(item=item.id, queue=item.queue)
