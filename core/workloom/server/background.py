"""A thread of the node that does the same thing again and again, whatever goes wrong with it."""

from collections.abc import Callable
from logging import getLogger
from threading import Event as Flag
from threading import Thread
from time import monotonic
from typing import Final

from workloom.domain.errors import StorageError
from workloom.services.wake import Wake

RETRY_SECONDS: Final = 0.5
LONGEST_REST: Final = 0.025
"""Seconds after which a bell is heard again, however long the last step has taken."""

_log = getLogger(__name__)


class Background:
    """Calls `step`, which says in how many seconds it wants to be called again at the latest; earlier when it rings.

    `what` completes the log line “… cannot be done and is tried again”. `rests`: how many times
    longer than a step takes it rests behind it at least, so that a step does for many bells where there are many.
    """

    def __init__(self, what: str, step: Callable[[], float], wake: Wake, rests: float = 0.0) -> None:
        self._what = what
        self._step = step
        self._wake = wake
        self._rests = rests
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name=what, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for the running step."""
        self._stopping.set()
        self._wake.ring()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            rings, begun = self._wake.rings, monotonic()
            try:
                wait = self._step()
            except StorageError as error:
                _log.warning("%s: the data cannot be read or written (%s).", self._what, type(error).__name__)
                wait = RETRY_SECONDS
            except Exception:  # noqa: BLE001  # the background operation: without it the node would go on half dead
                _log.exception("%s: failed, and is tried again.", self._what)
                wait = RETRY_SECONDS
            pause = min(LONGEST_REST, (monotonic() - begun) * self._rests)
            if pause and self._stopping.wait(pause):
                return
            self._wake.wait(rings, wait - pause)
