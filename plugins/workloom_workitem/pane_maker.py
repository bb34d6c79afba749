"""Makes panes of work items, for this plugin and for others."""

from workloom.api import Context
from workloom_workitem.kinds import Kinds
from workloom_workitem.panes import Panes


class PaneMaker:
    """Implements `workloom_workitem.api.ItemPanes`."""

    def __init__(self, context: Context, panes: Panes, kinds: Kinds) -> None:
        self._context, self._panes, self._kinds = context, panes, kinds

    def pane(self, item: str, above: object = None) -> object:
        """The pane of an item. BadInput if `above` is no widget."""
        from workloom_workitem.views.pane import ItemPane  # with the first item, not with the login

        return ItemPane(self._context, self._panes, self._kinds, item, above)

    def go_to_field(self, item: str, field: str) -> bool:
        """Go to a field of an open item."""
        pane = self._panes.get(item)
        return pane is not None and pane.go_to_field(field)

    def go_to_disposition(self, item: str) -> bool:
        """Go to the disposition of an open item."""
        pane = self._panes.get(item)
        if pane is not None:
            pane.go_to("disposition")
        return pane is not None
