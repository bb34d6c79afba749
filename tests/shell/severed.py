"""A backend whose way can be cut: as the real one, until `cut` is set; a stand-in for a network in tests of windows."""

import time
from typing import Any

from workloom.api.services import LinkState
from workloom.domain.errors import Disconnected
from workloom.shell.application import DesktopApplication

AWAY = "The service cannot be reached."


class SeverableLink:
    """`api.Link` that says what the test wants."""

    def __init__(self) -> None:
        self.cut = False
        self.lose_answers = 0
        self.asked = 0

    def state(self) -> LinkState:
        return LinkState(connected=False, attempt=3, next_try=time.monotonic() + 7.5) if self.cut else LinkState()

    def try_now(self) -> None:
        self.asked += 1


class Severable:
    """Wraps a backend, its services and their functions. `link.lose_answers`: so many changes arrive unanswered."""

    def __init__(self, whole: Any, link: SeverableLink | None = None) -> None:
        self._whole = whole
        self.link = link or SeverableLink()

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._whole, name)
        if name in ("now", "info", "close", "on_wake"):
            return part
        return self._call(part) if callable(part) else Severable(part, self.link)

    def _call(self, function: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            if self.link.cut:
                raise Disconnected(AWAY)
            result = function(*args, **named)
            if "key" in named and self.link.lose_answers:
                self.link.lose_answers -= 1
                self.link.cut = True
                raise Disconnected(AWAY, may_have_arrived=True)
            return Severable(result, self.link) if function.__name__ == "services" else result

        return call


def sever(windows: DesktopApplication) -> SeverableLink:
    """Put a way that can be cut between a desktop, which is open, and its engine."""
    there: Any = windows.process.connection.there
    there.backend = Severable(there.backend)
    link: SeverableLink = there.backend.link
    return link
