"""Transfer: direct, and through a routing queue with the four attached keys."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from workloom.api import Action, Context, Event, EventKind, Interaction, Notice, TargetRow, hook
from workloom_routing_transfer.actions import TransferActions
from workloom_routing_transfer.answers import answer

ANSWERS: Final = frozenset({EventKind.TRANSFER_REFUSED, EventKind.TRANSFERRED})


class RoutingTransfer:
    """Hooks of the plugin."""

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Transfer in the item's toolbar, and the withdrawal of one that waits."""

        def choose(anchor: object, item: Interaction, chosen: Callable[[TargetRow, str], None]) -> None:
            from workloom_routing_transfer.views.picker import choose_target  # when it is opened, not with the login

            choose_target(context, anchor, item, chosen)

        return TransferActions(context, choose).all()

    @hook
    def interaction_changed(self, context: Context, event: Event) -> None:
        """Tell the sender what became of a transfer."""

        def tell(notice: Notice | None) -> None:
            if notice is not None:
                context.notify(notice)

        if event.kind in ANSWERS:
            context.read(partial(answer, context.services, context.translate, event), tell, failed=lambda _error: None)
