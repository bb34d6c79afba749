"""The widget kit as one plugin gets it: that of the window, but for what its widgets ask the plugin on their own."""

from collections.abc import Sequence
from typing import Any

from workloom.api import ui
from workloom.api.plugins import Guard, Scope
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.table_pages import Fetch


class PluginKit:
    """Hands on to the kit of the window. A list that cannot get a page of the plugin keeps what it has."""

    def __init__(self, kit: Kit, plugin: str, scope: Scope, guard: Guard) -> None:
        self._kit, self._plugin, self._scope, self._guard = kit, plugin, scope, guard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kit, name)

    def table(self, name: str, columns: Sequence[ui.Column], *, checkable: bool = False, kept: str = "") -> ui.Table:
        """A paged list."""
        return self._kit.table(name, columns, checkable=checkable, kept=kept, asked=self._asked)

    def _asked(self, fetch: Fetch) -> Fetch:
        def work(request: ui.PageRequest) -> bool:
            fetch(request)
            return True

        def ask(request: ui.PageRequest) -> None:
            if self._scope.closed or not self._guard.call(self._plugin, "page of a list", work, request):
                request.failed()

        return ask
