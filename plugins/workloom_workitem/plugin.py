"""Work items: the channel that receives them, the pane that shows them, and what can be done with them."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from workloom.api import CONTEXT, Action, Channel, Context, Gate, InteractionView, Token, hook, privileges, provide
from workloom_workitem.actions import ItemActions, ask_before_done, check_type
from workloom_workitem.api import PANES
from workloom_workitem.kinds import Kinds
from workloom_workitem.offers import present
from workloom_workitem.pane_maker import PaneMaker
from workloom_workitem.panes import Panes

OPEN: Final[Token[Panes]] = Token("workitem.open")
KINDS: Final[Token[Kinds]] = Token("workitem.kinds")


class WorkItem:
    """Hooks of the plugin. What is kept for an agent is built by providers, and goes with the agent."""

    providers = (
        provide(OPEN, Panes),
        provide(KINDS, Kinds, needs={"context": CONTEXT}),
        provide(PANES, PaneMaker, needs={"context": CONTEXT, "panes": OPEN, "kinds": KINDS}),
    )

    @hook
    def channels(self, context: Context) -> Sequence[Channel]:
        """The media types that the agent handles as work items."""
        if not context.may(privileges.USE_CHANNEL):
            return ()
        kinds = context.options().words("openmedia.workitem-channels")
        return (
            Channel(
                id="workitem",
                media_types=kinds,
                present=lambda row: present(context.services, row, context.now(), context.translate),
            ),
        )

    @hook
    def interaction_views(self, context: Context) -> Sequence[InteractionView]:
        """The pane of any work item, unless another plugin knows its type better."""
        return (InteractionView(id="workitem.pane", make=lambda item: context.get(PANES).pane(item)),)

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Done, Move to queue, Close and Copy item number."""
        from workloom_workitem.views.asking import choose_queue, copy

        panes, kinds = context.get(OPEN), context.get(KINDS)
        return ItemActions(context, panes, kinds, partial(choose_queue, context), copy).all()

    @hook
    def gates(self, context: Context) -> Sequence[Gate]:
        """Checks before Done what the type of an item needs, and asks where the options say so."""
        return (
            Gate(id="workitem.type", before=partial(check_type, context.get(KINDS))),
            Gate(id="workitem.ask-before-done", before=partial(ask_before_done, context)),
        )
