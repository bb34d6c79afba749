"""What the toast of an offer says: asked of a channel's plugin, in its time. An offer is shown whatever plugins do."""

from collections.abc import Callable
from typing import Final

from workloom.api.contributions import ToastContent
from workloom.api.plugins import Guard
from workloom.domain.errors import WorkloomError
from workloom.domain.pages import ItemRow
from workloom.shell.registries.contributions import Registries
from workloom.shell.returned import returned
from workloom.shell.session import AgentSession
from workloom.shell.words import say

SECONDS: Final = 2.0
"""An offer is not held up for longer than that."""
PLACE: Final = "channel present"


class Presenting:
    """One thread asks at a time, that of the pump, which brings all news: it must not wait for a plugin for ever."""

    def __init__(self, guard: Guard, registries: Registries, session: AgentSession) -> None:
        self._guard, self._registries, self._session = guard, registries, session

    def present(self, row: ItemRow) -> ToastContent:
        """What the plugin of the channel says; a plain toast where none can. Blocks, at most `SECONDS`."""
        channel = self._registries.channel(row.item.media_type)
        content = None if channel is None else self._ask(channel.plugin, channel.what.present, row)
        return self._plain(row) if content is None else content

    def _ask(self, plugin: str, present: Callable[[ItemRow], ToastContent], row: ItemRow) -> ToastContent | None:
        """What the plugin answers; None where it fails, is late, or waits to be started.

        A plugin that has not come back from an earlier call is not asked again before it has.
        """

        def checked() -> ToastContent:
            return returned(present(row), ToastContent)

        try:
            return self._guard.call_in_time(plugin, PLACE, checked, seconds=SECONDS, passing=WorkloomError)
        except WorkloomError:  # what a service refuses is no fault of the plugin
            return None

    def _plain(self, row: ItemRow) -> ToastContent:
        media = self._session.known.media_type(row.item.media_type)
        title = say("{singular} offered", singular=media.singular)
        return ToastContent(
            title=title, heading=row.contact or say("Unknown contact"), line=row.item.subject, icon=media.icon
        )
