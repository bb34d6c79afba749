"""The inspector of plugins: one main view."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Context, View, hook


class Inspector:
    """Hooks of the plugin."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The plugins at work."""
        return (View(id="inspector.plugins", make=partial(_plugins, context)),)


def _plugins(context: Context) -> object:
    """Its modules are imported when it is first shown, not with the login."""
    from workloom_inspector.views.main import PluginsView

    return PluginsView(context)
