"""Transfer: direct, and through a routing queue with the four attached keys."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Action, Context, Event, EventKind, Notice, Tone, hook
from workloom_routing_transfer.actions import TransferActions


class RoutingTransfer:
    """Hooks of the plugin."""

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Transfer in the item's toolbar, and the withdrawal of one that waits."""
        from workloom_routing_transfer.views.picker import choose_target

        return TransferActions(context, partial(choose_target, context)).all()

    @hook
    def interaction_changed(self, context: Context, event: Event) -> None:
        """Tell the sender when a transfer was not taken."""
        if event.kind is EventKind.TRANSFER_REFUSED and event.detail.get("sender") == event.person:
            context.notify(
                Notice(title="Transfer not taken", text=str(event.detail.get("reason", "")), tone=Tone.WARNING)
            )
