"""The Transfer action: hand an open item to a person, a group, a skill or a queue. No Qt."""

from collections.abc import Callable

from workloom.api import (
    ENABLED,
    Action,
    ActionState,
    CancelTransfer,
    Context,
    Interaction,
    Notice,
    State,
    Subject,
    TargetRow,
    TargetType,
    Tone,
    Transfer,
    WorkloomError,
    disabled,
    privileges,
)


class TransferActions:
    """Transfer and its withdrawal, for one agent. `choose(anchor, item, chosen)` opens the target search."""

    def __init__(
        self,
        context: Context,
        choose: Callable[[object, Interaction, Callable[[TargetRow, str], None]], None],
    ) -> None:
        self._context = context
        self._choose = choose

    def all(self) -> tuple[Action, ...]:
        """The actions, for the toolbar of the item."""
        if not self._context.may(privileges.TARGETS_USE):
            return ()
        return (
            Action(
                id="routing-transfer.transfer",
                run=self.transfer,
                state=self._transfer_state,
            ),
            Action(
                id="routing-transfer.withdraw",
                run=self.withdraw,
                state=self._withdraw_state,
            ),
        )

    def transfer(self, subject: Subject, anchor: object) -> None:
        """Ask whom, then hand the item over."""
        item = subject.item
        self._choose(anchor, item, lambda row, note: self.send(item, row, note))

    def send(self, item: Interaction, row: TargetRow, note: str) -> None:
        """Hand the item to the chosen target."""
        self._context.change(
            Transfer(item=item.id, target=row.target, note=note),
            then=lambda moved: self._said(moved, row),
            failed=lambda error: self._refused(item.id, error),
        )

    def withdraw(self, subject: Subject, anchor: object) -> None:
        """Take a direct transfer back that nobody has accepted yet."""
        del anchor
        self._context.change(CancelTransfer(item=subject.item.id))

    def _said(self, item: Interaction, row: TargetRow) -> None:
        waits = item.offer is not None and row.target.type is TargetType.AGENT and not row.by_routing
        say = self._context.translate
        done = (
            say("Offered to {target}", target=row.title) if waits else say("Transferred to {target}", target=row.title)
        )
        self._context.notify(
            Notice(
                title=done,
                text=item.subject,
                tone=Tone.INFORMATION if waits else Tone.SUCCESS,
                action=say("Withdraw") if waits else "",
                run=(lambda: self._context.change(CancelTransfer(item=item.id))) if waits else None,
                about=item.id,
            )
        )

    def _refused(self, item: str, error: WorkloomError) -> None:
        title = self._context.translate("Not transferred")
        self._context.notify(Notice(title=title, text=str(error), tone=Tone.ERROR, about=item))

    def _transfer_state(self, subject: Subject) -> ActionState:
        say = self._context.translate
        if subject.item.offer is not None:
            return disabled(say("A transfer of this item is waiting for an answer."))
        if subject.item.state is not State.HANDLING:
            return disabled(say("Open the item first: only an item that is with you can be transferred."))
        return ENABLED

    @staticmethod
    def _withdraw_state(subject: Subject) -> ActionState:
        waits = subject.item.state is State.HANDLING and subject.item.offer is not None
        return ActionState(enabled=waits, visible=waits)
