"""What an agent can do with an open item: Done, Move to queue, Close, Copy item number. No Qt."""

from collections.abc import Callable, Sequence

from workloom.api import (
    ABSENT,
    ENABLED,
    Action,
    ActionPlace,
    ActionState,
    Attempt,
    Close,
    Context,
    Disconnected,
    Interaction,
    ItemRow,
    MarkDone,
    Notice,
    PlaceInQueue,
    Queue,
    Subject,
    Tone,
    Verdict,
    ask,
    case_data,
    change_items,
    disabled,
    refuse,
    reopen,
    say_count,
    take_back,
    tell_changed,
)
from workloom_workitem.api import Problem
from workloom_workitem.kinds import Kinds
from workloom_workitem.model import ItemModel, load
from workloom_workitem.panes import Panes

WAYS = ("disposition", "notes", "context")
"""Parts of the pane to which a key leads."""


class ItemActions:
    """The actions of one agent. `choose_queue(anchor, queues, chosen)` asks for a queue."""

    def __init__(
        self,
        context: Context,
        panes: Panes,
        kinds: Kinds,
        choose_queue: Callable[[object, tuple[Queue, ...], Callable[[Queue], None]], None],
        copy: Callable[[str], None],
    ) -> None:
        self._context = context
        self._panes = panes
        self._kinds = kinds
        self._choose_queue = choose_queue
        self._copy = copy

    def all(self) -> tuple[Action, ...]:
        """The actions, for the toolbar of the item and for lists."""
        return (
            Action(
                id="workitem.done",
                run=self.done,
                state=self._done_state,
            ),
            Action(
                id="workitem.move-to-queue",
                run=self.move_to_queue,
                state=self._unfinished,
            ),
            Action(
                id="workitem.close",
                run=self.close,
                state=self._unfinished,
            ),
            Action(
                id="workitem.copy-number",
                run=self.copy_number,
                saves=False,
            ),
            *(self._way(part) for part in WAYS),
        )

    def _way(self, part: str) -> Action:
        """A key that leads to a part of the pane, without a button."""

        def go(subject: Subject, _anchor: object) -> None:
            pane = self._panes.get(subject.item.id)
            if pane is not None:
                pane.go_to(part)

        return Action(id=f"workitem.to-{part}", run=go, saves=False)

    def done(self, subject: Subject, anchor: object) -> None:
        """Finish the items. What is missing is shown first, at the field where it is missing."""
        del anchor
        services, now = self._context.services, self._context.now()
        self._context.read(
            lambda: [self._judged(load(services, self._kinds, row.item.id, now)) for row in subject.rows],
            self._done_checked,
        )

    def _judged(self, model: ItemModel) -> tuple[ItemModel, Sequence[Problem]]:
        """Off the UI thread: what plugins have against Done, for an item whose pane can show it."""
        if self._panes.get(model.row.item.id) is None:
            return model, ()  # the gate says it
        return model, self._kinds.problems(model.row.item, None, disposition_needed=False)

    def _done_checked(self, judged: Sequence[tuple[ItemModel, Sequence[Problem]]]) -> None:
        if any(self._is_at_fault(model, problems) for model, problems in judged):
            return
        rows, say = [model.row for model, _problems in judged], self._context.translate
        change_items(self._context, rows, lambda row: MarkDone(item=row.item.id), say("is not done"), self._said_done)

    def _is_at_fault(self, model: ItemModel, problems: Sequence[Problem]) -> bool:
        """Whether the pane of an open item shows something that is missing; gate and service check the others."""
        pane = self._panes.get(model.row.item.id)
        missing = case_data.missing(model.form, model.row.item.attached)
        fault = pane.fault(missing, disposition=model.disposition_needed, problems=problems) if pane else ""
        if fault:
            title, about = self._context.translate("Not done yet"), model.row.item.id
            self._context.notify(Notice(title=title, text=fault, tone=Tone.WARNING, about=about))
        return bool(fault)

    def _said_done(self, rows: Sequence[ItemRow]) -> None:
        for row in rows:
            self._context.drafts.forget(row.item.id)
        tell_changed(self._context, self._context.translate("Done"), rows, reopen)

    def move_to_queue(self, subject: Subject, anchor: object) -> None:
        """Ask for a queue and let the items rest there."""
        kinds, say = {row.item.media_type for row in subject.rows}, self._context.translate

        def fitting() -> tuple[Queue, ...]:
            queues = self._context.services.configuration.queues()
            return tuple(queue for queue in queues if not queue.media_types or kinds <= set(queue.media_types))

        def move(queue: Queue) -> None:
            title = say("Moved to queue {queue}", queue=queue.title or queue.name)
            change_items(
                self._context,
                subject.rows,
                lambda row: PlaceInQueue(item=row.item.id, queue=queue.name),
                say("is not moved"),
                lambda rows: tell_changed(self._context, title, rows, take_back),
            )

        self._context.read(fitting, lambda queues: self._choose_queue(anchor, queues, move))

    def close(self, subject: Subject, anchor: object) -> None:
        """Put the item away undone, as the in-progress workbin option says."""
        del anchor
        self._context.change(Close(item=subject.item.id), then=self._closed)

    def _closed(self, item: Interaction) -> None:
        def tell(where: str) -> None:
            say = self._context.translate
            text = say("“{subject}” rests here: {place:within}.", subject=item.subject, place=where)
            self._context.notify(Notice(title=say("Kept for later"), text=text, about=item.id))

        self._context.read(lambda: self._context.services.items.get(item.id).where, tell)

    def copy_number(self, subject: Subject, anchor: object) -> None:
        """Put the item's number on the clipboard."""
        del anchor
        self._copy(subject.item.number)
        self._context.notify(Notice(title=self._context.translate("Copied"), text=subject.item.number))

    def _done_state(self, subject: Subject) -> ActionState:
        if any(row.item.interaction_type != "Inbound" for row in subject.rows):
            return ABSENT
        return self._unfinished(subject)

    def _unfinished(self, subject: Subject) -> ActionState:
        finished = sum(row.item.is_finished for row in subject.rows)
        if not finished:
            return self._waiting_for_transfer(subject)
        reason = say_count(
            self._context.translate,
            len(subject.rows),
            "{finished} of {count} row cannot be moved: already done.",
            "{finished} of {count:,} rows cannot be moved: already done.",
            finished=finished,
        )
        return disabled(reason)

    def _waiting_for_transfer(self, subject: Subject) -> ActionState:
        if subject.place is ActionPlace.ITEM_TOOLBAR and subject.item.offer is not None:
            return disabled(self._context.translate("A transfer of this item is waiting for an answer."))
        return ENABLED


def check_type(kinds: Kinds, attempt: Attempt) -> Verdict | None:
    """The gate before Done for work item types of plugins: what they need must be there. Blocks."""
    kind, unknown = kinds.before_done(attempt.item)
    needed = kind is not None and kind.needs_disposition
    problems = [*unknown, *kinds.problems(attempt.item, kind, disposition_needed=needed)]
    return refuse(" ".join(problem.text for problem in problems)) if problems else None


def ask_before_done(context: Context, attempt: Attempt) -> Verdict | None:
    """The gate before Done: asks where the option `<mt>.prompt-for-done` says so. Blocks."""
    item = attempt.item
    try:
        options = context.services.configuration.options(item)
    except Disconnected:
        options = context.options()  # without what the item's strategy overrides
    if not options.flag(f"{item.media_type}.prompt-for-done"):
        return None
    say = context.translate
    text = say("It leaves the process. It can be reopened from the history.")
    return ask(say("Mark {items} as done?"), text, say("Mark done"))
