"""What an agent can do with an open item: Done, Move to queue, Close, Copy item number. No Qt."""

from collections.abc import Callable
from functools import partial

from workloom.api import (
    ABSENT,
    ENABLED,
    Action,
    ActionPlace,
    ActionState,
    Close,
    Context,
    Interaction,
    MarkDone,
    Notice,
    PlaceInQueue,
    Queue,
    Reopen,
    Subject,
    Tone,
    case_data,
    disabled,
    privileges,
    wording,
)
from workloom_workitem.model import ItemModel, load
from workloom_workitem.panes import Panes


class ItemActions:
    """The actions of one agent. `choose_queue(anchor, queues, chosen)` and `confirm(anchor, title, verb)` ask."""

    def __init__(
        self,
        context: Context,
        panes: Panes,
        choose_queue: Callable[[object, tuple[Queue, ...], Callable[[Queue], None]], None],
        confirm: Callable[[object, str, str], bool],
        copy: Callable[[str], None],
    ) -> None:
        self._context = context
        self._panes = panes
        self._choose_queue = choose_queue
        self._confirm = confirm
        self._copy = copy

    def all(self) -> tuple[Action, ...]:
        """The actions, for the toolbar of the item and for lists."""
        toolbar, rows = ActionPlace.ITEM_TOOLBAR, ActionPlace.WORKBIN_ROWS
        return (
            Action(
                id="workitem.done",
                title="Done",
                icon="check",
                places=(toolbar, rows),
                run=self.done,
                state=self._done_state,
                key="Ctrl+Return",
                list_key="E",
                primary=True,
                many=True,
                privilege=privileges.MARK_DONE,
                order=100,
            ),
            Action(
                id="workitem.move-to-queue",
                title="Move to queue",
                icon="list-end",
                places=(toolbar, rows),
                run=self.move_to_queue,
                state=self._unfinished,
                key="Ctrl+U",
                list_key="U",
                many=True,
                privilege=privileges.MOVE_TO_QUEUE,
                order=400,
            ),
            Action(
                id="workitem.close",
                title="Close, keep for later",
                icon="x",
                places=(toolbar,),
                run=self.close,
                state=self._unfinished,
                key="Ctrl+W",
                order=800,
            ),
            Action(
                id="workitem.copy-number",
                title="Copy item number",
                icon="copy",
                places=(toolbar,),
                run=self.copy_number,
                key="Ctrl+Shift+C",
                order=900,
            ),
        )

    def done(self, subject: Subject, anchor: object) -> None:
        """Finish the items. What is missing is shown first, at the field where it is missing."""
        for row in subject.rows:
            item = row.item.id
            self._context.read(
                partial(load, self._context.services, item, self._context.now()),
                lambda model: self._done_checked(model, anchor),
            )

    def _done_checked(self, model: ItemModel, anchor: object) -> None:
        item = model.row.item
        pane = self._panes.get(item.id)
        missing = case_data.missing(model.form, item.attached) if pane else ()
        if pane and (fault := pane.fault(missing, disposition=model.disposition_needed)):
            self._context.notify(Notice(title="Not done yet", text=fault, tone=Tone.WARNING))
            return
        singular = model.media_type.singular.lower()
        if model.options.flag(f"{item.media_type}.prompt-for-done") and not self._confirm(
            anchor, f"Mark the {singular} “{item.subject}” as done?", "Mark done"
        ):
            return
        self._context.change(MarkDone(item=item.id), then=self._said_done)

    def _said_done(self, item: Interaction) -> None:
        self._context.drafts.forget(item.id)
        self._context.notify(
            Notice(
                title="Done",
                text=item.subject,
                tone=Tone.SUCCESS,
                action="Undo",
                run=lambda: self._context.change(
                    Reopen(item=item.id), then=lambda again: self._context.desktop.open_item(again.id)
                ),
            )
        )

    def move_to_queue(self, subject: Subject, anchor: object) -> None:
        """Ask for a queue and let the items rest there."""
        kinds = {row.item.media_type for row in subject.rows}

        def fitting() -> tuple[Queue, ...]:
            queues = self._context.services.configuration.queues()
            return tuple(queue for queue in queues if not queue.media_types or kinds <= set(queue.media_types))

        def move(queue: Queue) -> None:
            for row in subject.rows:
                self._context.change(
                    PlaceInQueue(item=row.item.id, queue=queue.name), then=lambda moved: self._said_moved(moved, queue)
                )

        self._context.read(fitting, lambda queues: self._choose_queue(anchor, queues, move))

    def _said_moved(self, item: Interaction, queue: Queue) -> None:
        self._context.drafts.forget(item.id)
        self._context.notify(Notice(title=f"Moved to queue {queue.title or queue.name}", text=item.subject))

    def close(self, subject: Subject, anchor: object) -> None:
        """Put the item away undone, as the in-progress workbin option says."""
        del anchor
        self._context.change(Close(item=subject.item.id), then=self._said_closed)

    def _said_closed(self, item: Interaction) -> None:
        self._context.drafts.forget(item.id)
        where = f"workbin {item.workbin}" if item.workbin else f"queue {item.queue}"
        self._context.notify(Notice(title=f"Kept in {where}", text=item.subject))

    def copy_number(self, subject: Subject, anchor: object) -> None:
        """Put the item's number on the clipboard."""
        del anchor
        self._copy(subject.item.number)
        self._context.notify(Notice(title="Copied", text=subject.item.number))

    def _done_state(self, subject: Subject) -> ActionState:
        if any(row.item.interaction_type != "Inbound" for row in subject.rows):
            return ABSENT
        return self._unfinished(subject)

    def _unfinished(self, subject: Subject) -> ActionState:
        finished = sum(row.item.is_finished for row in subject.rows)
        if not finished:
            return self._waiting_for_transfer(subject)
        return disabled(f"{finished} of {wording.count(len(subject.rows), 'row')} cannot be moved: already done.")

    @staticmethod
    def _waiting_for_transfer(subject: Subject) -> ActionState:
        if subject.place is ActionPlace.ITEM_TOOLBAR and subject.item.offer is not None:
            return disabled("A transfer of this item is waiting for an answer.")
        return ENABLED
