"""The hooks: what the extension brings to the desktop."""

from collections.abc import Sequence
from functools import partial

from workloom.api import Context, View, hook


class HelloPanel:
    """One view, in the status bar."""

    @hook
    def views(self, context: Context) -> Sequence[View]:
        """The greeting."""
        from hello_panel.view import hello

        return (View(id="hello_panel.hello", make=partial(hello, context)),)
