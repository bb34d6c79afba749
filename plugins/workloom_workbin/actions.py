"""Move to workbin, for an open item and for rows of lists. No Qt."""

from collections.abc import Callable, Sequence
from functools import partial

from workloom.api import (
    ENABLED,
    Action,
    ActionPlace,
    ActionState,
    Command,
    Context,
    Interaction,
    ItemRow,
    Notice,
    PlaceInQueue,
    PlaceInWorkbin,
    Pull,
    State,
    Subject,
    Tone,
    WorkbinNode,
    WorkloomError,
    disabled,
    privileges,
    wording,
)
from workloom_workbin.lists import in_quick_access

Choose = Callable[[object, Sequence[WorkbinNode], Callable[[WorkbinNode], None]], None]
"""`choose(anchor, nodes, chosen)` asks for one of the workbins."""


class WorkbinActions:
    """The actions of one agent."""

    def __init__(self, context: Context, choose: Choose) -> None:
        self._context = context
        self._choose = choose

    def all(self) -> tuple[Action, ...]:
        """The actions, for the toolbar of the item and for lists. Workbins need their own privilege as well."""
        if not self._context.may(privileges.USE_WORKBINS):
            return ()
        return (
            Action(
                id="workbin.move-to-workbin",
                run=self.move,
                state=self._state,
            ),
        )

    def move(self, subject: Subject, anchor: object) -> None:
        """Ask for a workbin that takes all the items, and put them there."""
        workbins, rows = self._context.services.workbins, subject.rows

        def common() -> tuple[WorkbinNode, ...]:
            places = [workbins.places_for(row.item.id) for row in rows]
            shared = set.intersection(*({(node.owner, node.workbin) for node in nodes} for nodes in places))
            return tuple(
                node
                for node in places[0]
                if (node.owner, node.workbin) in shared and in_quick_access(self._context.options(), node.workbin)
            )

        def ask(nodes: tuple[WorkbinNode, ...]) -> None:
            if nodes:
                self._choose(anchor, nodes, lambda node: self._put(rows, node))
                return
            what = "this item" if len(rows) == 1 else "all of these items"
            text = f"No other workbin takes {what}. Your administrator sets workbins for each kind of item."
            self._context.notify(Notice(title="Not moved", text=text, tone=Tone.WARNING))

        self._context.read(common, ask)

    def _put(self, rows: Sequence[ItemRow], node: WorkbinNode) -> None:
        moved: list[ItemRow] = []
        waiting = len(rows)

        def ended() -> None:
            nonlocal waiting
            waiting -= 1
            if moved and not waiting:
                self._said(moved, node)

        def failed(row: ItemRow, error: WorkloomError) -> None:
            title = f"{row.item.subject} is not moved"
            self._context.notify(Notice(title=title, text=str(error), tone=Tone.WARNING, about=row.item.id))
            ended()

        def done(row: ItemRow, _item: Interaction) -> None:
            moved.append(row)
            ended()

        for row in rows:
            self._context.change(
                PlaceInWorkbin(item=row.item.id, workbin=node.workbin, owner=node.owner),
                then=partial(done, row),
                failed=partial(failed, row),
            )

    def _said(self, rows: Sequence[ItemRow], node: WorkbinNode) -> None:
        text = rows[0].item.subject if len(rows) == 1 else wording.count(len(rows), "item")
        self._context.notify(
            Notice(
                title=f"Moved to workbin {node.title}",
                text=text,
                tone=Tone.SUCCESS,
                action="Undo",
                run=lambda: self._take_back(rows),
                about=rows[0].item.id if len(rows) == 1 else "",
            )
        )

    def _take_back(self, rows: Sequence[ItemRow]) -> None:
        for row in rows:
            if row.item.state is State.HANDLING:
                self._context.change(Pull(item=row.item.id), then=self._show)
            else:
                self._context.change(where_it_was(row.item))

    def _show(self, item: Interaction) -> None:
        self._context.desktop.open_item(item.id)

    @staticmethod
    def _state(subject: Subject) -> ActionState:
        finished = sum(row.item.is_finished for row in subject.rows)
        if finished:
            return disabled(f"{finished} of {wording.count(len(subject.rows), 'row')} cannot be moved: already done.")
        if subject.place is ActionPlace.ITEM_TOOLBAR and subject.item.offer is not None:
            return disabled("A transfer of this item is waiting for an answer.")
        return ENABLED


def where_it_was(item: Interaction) -> Command:
    """The command that puts an item back to where it rested."""
    if item.workbin:
        return PlaceInWorkbin(item=item.id, workbin=item.workbin, owner=item.workbin_owner)
    return PlaceInQueue(item=item.id, queue=item.queue)
