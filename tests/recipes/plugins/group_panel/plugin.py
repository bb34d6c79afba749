"""Two panels; one is there for agents of a group only, which the manifest says."""

from collections.abc import Sequence

from workloom.api import Context, View, hook
from workloom.api.ui import kit


class GroupPanel:
    """Both panels."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """What differs between them stands in the manifest."""
        ui = kit(context)
        return (
            View(id="group_panel.experts", make_for=lambda item: ui.label(f"Expert advice on {item}")),
            View(id="group_panel.everybody", make_for=lambda item: ui.label(f"General advice on {item}")),
        )
