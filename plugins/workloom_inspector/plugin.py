"""The inspector: a main view of the plugins, and one of the options."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Context, View, hook


class Inspector:
    """Hooks of the plugin."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The plugins at work, and all options with who set them."""
        return (
            View(id="inspector.plugins", make=partial(_plugins, context)),
            View(id="inspector.options", make=partial(_options, context)),
        )


def _plugins(context: Context) -> object:
    """Its modules are imported when it is first shown, not with the login."""
    from workloom_inspector.views.main import PluginsView

    return PluginsView(context)


def _options(context: Context) -> object:
    """Likewise."""
    from workloom_inspector.views.options import OptionsView

    return OptionsView(context)
