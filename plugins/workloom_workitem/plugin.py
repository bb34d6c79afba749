"""Work items: the channel that receives them, the pane that shows them, and what can be done with them."""

from collections.abc import Sequence
from functools import partial
from weakref import WeakKeyDictionary

from workloom.api import Action, Channel, Context, Gate, InteractionView, hook, privileges
from workloom_workitem.actions import ItemActions, ask_before_done, check_type
from workloom_workitem.kinds import Kinds
from workloom_workitem.offers import present
from workloom_workitem.panes import Panes


class WorkItem:
    """Hooks of the plugin. Open panes are kept for each agent's context."""

    def __init__(self) -> None:
        self._panes: WeakKeyDictionary[Context, Panes] = WeakKeyDictionary()
        self._kinds: WeakKeyDictionary[Context, Kinds] = WeakKeyDictionary()

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
                present=lambda row: present(context.services, row, context.now()),
            ),
        )

    @hook
    def interaction_views(self, context: Context) -> Sequence[InteractionView]:
        """The pane of any work item, unless another plugin knows its type better."""
        panes, kinds = self._of(context), self._kinds_of(context)

        def pane(item: str) -> object:
            from workloom_workitem.views.pane import ItemPane  # with the first item, not with the login

            return ItemPane(context, panes, kinds, item)

        return (InteractionView(id="workitem.pane", make=pane),)

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Done, Move to queue, Close and Copy item number."""
        from workloom_workitem.views.asking import choose_queue, copy

        panes, kinds = self._of(context), self._kinds_of(context)
        return ItemActions(context, panes, kinds, partial(choose_queue, context), copy).all()

    @hook
    def gates(self, context: Context) -> Sequence[Gate]:
        """Checks before Done what the type of an item needs, and asks where the options say so."""
        return (
            Gate(id="workitem.type", before=partial(check_type, self._kinds_of(context))),
            Gate(id="workitem.ask-before-done", before=partial(ask_before_done, context)),
        )

    def _kinds_of(self, context: Context) -> Kinds:
        return self._kinds.setdefault(context, Kinds(context))

    def _of(self, context: Context) -> Panes:
        return self._panes.setdefault(context, Panes())
