"""Asks a channel's plugin what the toast of an offer says, in its time: an offer is shown whatever plugins do."""

from collections.abc import Callable
from typing import Final

from workloom.api.contributions import ToastContent
from workloom.api.plugins import Guard
from workloom.domain.errors import WorkloomError
from workloom.domain.pages import ItemRow
from workloom.shell.returned import returned

SECONDS: Final = 2.0
"""An offer is not held up for longer than that."""
PLACE: Final = "channel present"


class Presenting:
    """One thread asks at a time, that of the pump, which brings all news: it must not wait for a plugin for ever."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def ask(self, plugin: str, present: Callable[[ItemRow], ToastContent], row: ItemRow) -> ToastContent | None:
        """What the plugin answers; None where it fails, is late, or waits to be started. Blocks, at most `SECONDS`.

        A plugin that has not come back from an earlier call is not asked again before it has.
        """

        def checked() -> ToastContent:
            return returned(present(row), ToastContent)

        try:
            return self._guard.call_in_time(plugin, PLACE, checked, seconds=SECONDS, passing=WorkloomError)
        except WorkloomError:  # what a service refuses is no fault of the plugin
            return None
