"""Remote control of the desktop, from the login of an agent to the log-off."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from workloom.api import Context, hook

if TYPE_CHECKING:
    from workloom_remote.channel import Door


class Remote:
    """Hooks of the plugin. One door is open for each agent whose options allow it."""

    def __init__(self) -> None:
        self._doors: WeakKeyDictionary[Context, Door] = WeakKeyDictionary()

    @hook
    def session_started(self, context: Context) -> None:
        """Open the door."""
        if not context.options().flag("remote.enabled"):
            return
        from workloom_remote.channel import Door  # multiprocessing comes with it: only for agents who may be reached
        from workloom_remote.requests import answer

        door = Door(lambda request, reply: answer(context, request, reply))
        self._doors[context] = door
        context.on_stop(door.close)
        context.read(lambda: context.services.configuration.me().name, door.open)

    @hook
    def session_ending(self, context: Context) -> None:
        """Close it before the agent is gone: whoever asks now is told so."""
        door = self._doors.pop(context, None)
        if door is not None:
            door.close()
