"""Move to workbin, for an open item and for rows of lists. No Qt."""

from collections.abc import Callable, Sequence

from workloom.api import (
    ABSENT,
    ENABLED,
    Action,
    ActionPlace,
    ActionState,
    Context,
    ItemRow,
    Notice,
    PlaceInWorkbin,
    Subject,
    Tone,
    WorkbinNode,
    change_items,
    disabled,
    privileges,
    say_count,
    take_back,
    tell_changed,
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
        """The actions, for the toolbar of the item and for lists."""
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
            say = self._context.translate
            text = say_count(
                say,
                len(rows),
                "No other workbin takes this item. Your administrator sets workbins for each kind of item.",
                "No other workbin takes all of these items. Your administrator sets workbins for each kind of item.",
            )
            self._context.notify(Notice(title=say("Not moved"), text=text, tone=Tone.WARNING))

        self._context.read(common, ask)

    def _put(self, rows: Sequence[ItemRow], node: WorkbinNode) -> None:
        say = self._context.translate
        title = say("Moved to workbin {workbin}", workbin=node.title)
        change_items(
            self._context,
            rows,
            lambda row: PlaceInWorkbin(item=row.item.id, workbin=node.workbin, owner=node.owner),
            say("is not moved"),
            lambda moved: tell_changed(self._context, title, moved, take_back),
        )

    def _state(self, subject: Subject) -> ActionState:
        """Workbins need their own privilege as well."""
        if not self._context.may(privileges.USE_WORKBINS):
            return ABSENT
        say = self._context.translate
        finished = sum(row.item.is_finished for row in subject.rows)
        if finished:
            reason = say_count(
                say,
                len(subject.rows),
                "{finished} of {count} row cannot be moved: already done.",
                "{finished} of {count:,} rows cannot be moved: already done.",
                finished=finished,
            )
            return disabled(reason)
        if subject.place is ActionPlace.ITEM_TOOLBAR and subject.item.offer is not None:
            return disabled(say("A transfer of this item is waiting for an answer."))
        return ENABLED
