"""Workbins: the view of all workbins of an agent, and moving items there."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Action, Context, View, hook
from workloom_workbin.actions import WorkbinActions
from workloom_workbin.lists import badge

VIEW = "workbin.workbins"


class Workbin:
    """Hooks of the plugin."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The main view."""
        return (
            View(
                id=VIEW,
                make=partial(_workbins, context),
                badge=partial(badge, context.services, context.translate),
            ),
        )

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """Move to workbin."""
        from workloom_workbin.views.asking import choose_workbin

        return WorkbinActions(context, partial(choose_workbin, context)).all()


def _workbins(context: Context) -> object:
    """Its modules are imported when it is first shown, not with the login."""
    from workloom_workbin.views.main import WorkbinView

    return WorkbinView(context)
