"""How an agent leaves: asked to, refused with what is open, or because the service has ended the session."""

from collections.abc import Callable
from typing import Final

from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import Notice
from workloom.domain.errors import Disconnected, ItemsOpen, StorageError, WorkloomError
from workloom.shell.desk_words import not_carried_out, still_open, still_waiting
from workloom.shell.session import AgentSession
from workloom.shell.words import say

EXIT_ON_ERROR: Final = "logout.enable-exit-on-logoff-error"


class Ways:
    """Where the desk leads to: `on_keys()`, `on_settings(anchor)`, `left(why)`, `larger(steps)`."""

    def __init__(
        self,
        *,
        on_keys: Callable[[], None],
        on_settings: Callable[[QWidget], None],
        left: Callable[[str], None],
        larger: Callable[[int], None],
    ) -> None:
        self.on_keys, self.on_settings, self.left, self.larger = on_keys, on_settings, left, larger


class Leaving:
    """For one agent. `leave(why)` takes the desk away; `tell` and `fail` say why it stays."""

    def __init__(
        self,
        session: AgentSession,
        leave: Callable[[str], None],
        tell: Callable[[Notice], None],
        fail: Callable[[WorkloomError], None],
    ) -> None:
        self._session, self._leave, self._tell, self._fail = session, leave, tell, fail
        session.ended.connect(self._ended)

    def log_off(self, refused: Callable[[], None]) -> None:
        """Ask to leave; refused with the list while items are open."""

        def not_left(error: WorkloomError) -> None:
            if self.not_left(error):
                refused()

        self._session.log_off(lambda: self._leave(""), not_left)

    def not_left(self, error: WorkloomError) -> bool:
        """The log-off did not succeed; whether the agent stays. A service that fails keeps nobody in."""
        if isinstance(error, ItemsOpen):
            self._tell(still_open(self._session.known))
        elif isinstance(error, Disconnected) and (waiting := len(self._session.waiting())):
            self._tell(still_waiting(waiting))
        elif isinstance(error, StorageError | Disconnected) and self._session.known.options.flag(EXIT_ON_ERROR):
            self._leave(
                say(
                    "{error} You are out; the service ends your session when it hears nothing more from you.",
                    error=error,
                )
            )
            return False
        else:
            self._fail(error)
        return True

    def _ended(self, why: str) -> None:
        said = why or say("Your session has ended.")
        self._leave(f"{said} {not_carried_out(self._session.waiting())}".rstrip())
