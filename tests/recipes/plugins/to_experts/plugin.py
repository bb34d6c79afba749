"""Hands the open item to a group, which routing resolves: to whoever of it is free."""

from collections.abc import Sequence

from workloom.api import Action, Context, Notice, Subject, Target, TargetType, Tone, Transfer, hook

EXPERTS = Target(type=TargetType.GROUP, id="experts")


class ToExperts:
    """One action, and the usual one with a choice where that is what somebody wants."""

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Sends at once; the notice leads to the transfer with a choice when it cannot."""

        def run(subject: Subject, anchor: object) -> None:
            def choose() -> None:
                context.desktop.run_action("routing-transfer.transfer", subject, anchor)

            sent = Notice(title="Sent to the experts", tone=Tone.SUCCESS)
            other = Notice(title="Not sent", text="Send it to somebody else?", action="Choose", run=choose)
            command = Transfer(item=subject.item.id, target=EXPERTS)
            context.change(command, lambda _item: context.notify(sent), lambda _error: context.notify(other))

        return (Action(id="to_experts.send", run=run),)
