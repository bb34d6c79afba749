"""Asks a channel's plugin what the toast of an offer says, in its time: an offer is shown whatever plugins do."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from workloom.api.contributions import ToastContent
from workloom.api.plugins import Guard
from workloom.domain.errors import WorkloomError
from workloom.domain.pages import ItemRow

SECONDS: Final = 2.0
"""An offer is not held up for longer than that."""
PLACE: Final = "channel present"


class Presenting:
    """One thread asks at a time, that of the pump, which brings all news: it must not wait for a plugin for ever."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._late: dict[str, Thread] = {}

    def ask(self, plugin: str, present: Callable[[ItemRow], ToastContent], row: ItemRow) -> ToastContent | None:
        """What the plugin answers; None where it fails, is late, or waits to be started. Blocks, at most `SECONDS`.

        A plugin that has not come back from an earlier call is not asked again before it has.
        """
        late = self._late.get(plugin)
        if late is not None and late.is_alive():
            return None
        answers: SimpleQueue[object] = SimpleQueue()

        def answer() -> None:
            content = None
            try:
                content = self._guard.call(plugin, PLACE, present, row, passing=WorkloomError)
            except WorkloomError:  # what a service refuses is no fault of the plugin
                pass
            finally:
                answers.put(content)

        thread = Thread(target=answer, name=f"toast by {plugin}", daemon=True)
        thread.start()
        try:
            content = answers.get(timeout=SECONDS)
        except Empty:
            self._late[plugin] = thread
            problem: Exception = TimeoutError(f"it has not said within {SECONDS:g} seconds what the toast shows")
        else:
            if content is None or isinstance(content, ToastContent):
                return content
            problem = TypeError(f"present must return a ToastContent, not {type(content).__name__}")
        self._guard.call(plugin, PLACE, _raise, problem)
        return None


def _raise(error: Exception) -> None:
    raise error
