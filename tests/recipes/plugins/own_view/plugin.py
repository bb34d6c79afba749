"""A main view, reached from the sidebar and from the menu of settings."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Action, Context, View, hook


class OwnView:
    """The view, and the entry that leads to it."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The view; its region stands in the manifest."""
        from own_view.view import team

        return (View(id="own_view.team", make=partial(team, context)),)

    @hook
    def actions(self, context: Context) -> Sequence[Action]:
        """The entry of the menu."""
        return (Action(id="own_view.show", run=lambda _subject, _anchor: context.desktop.show_view("own_view.team")),)
