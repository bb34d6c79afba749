"""The thread that lets the dispatcher step: when something has happened here or in another process, or is due."""

from logging import getLogger
from threading import Event as Flag
from threading import Thread
from time import monotonic
from typing import Final

from workloom.domain.errors import StorageError
from workloom.services.dispatcher import Dispatcher
from workloom.services.failures import Failures
from workloom.services.leases import Lease
from workloom.services.ports import Store
from workloom.services.ports_outside import Clock
from workloom.services.wake import Wake

POLL_SECONDS: Final = 0.2
"""How often the loop looks for commits of other processes."""

RETRY_SECONDS: Final = 1.0

RESTS: Final = 2.0
LONGEST_REST: Final = 0.02
"""How many times longer than a step takes the dispatcher rests behind it, and for how many seconds at most. Commands
wait for a step: the time between two is theirs, and the next step then does for all that has happened meanwhile."""

_log = getLogger(__name__)


class DispatchLoop:
    """Runs from `start` to `stop`. An error is logged once, then how often, and the step tried again: nothing may end
    the routing.

    `lease` is that of the dispatcher: it is kept while nothing is to be done, and let go at the end.
    """

    def __init__(self, store: Store, dispatcher: Dispatcher, clock: Clock, wake: Wake, lease: Lease) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._clock = clock
        self._wake = wake
        self._lease = lease
        self._failures = Failures(_log, "The dispatcher")
        self._stopping = Flag()
        self._thread = Thread(target=self._run, name="dispatcher", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for the running step."""
        self._stopping.set()
        self._wake.ring()
        if self._thread.is_alive():
            self._thread.join()
        self._lease.release()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._round()
            except StorageError as error:
                self._failures.failed(error)
                self._stopping.wait(RETRY_SECONDS)
            except Exception as error:  # noqa: BLE001  # the background operation: else nobody would be offered anything more
                self._failures.failed(error, trace=True)
                self._stopping.wait(RETRY_SECONDS)

    def _round(self) -> None:
        """One step, then rest until something happens or is due."""
        rings, begun = self._wake.rings, monotonic()
        due = self._dispatcher.step()
        self._failures.succeeded()
        self._stopping.wait(min(LONGEST_REST, (monotonic() - begun) * RESTS))
        while not self._stopping.is_set():
            left = (due - self._clock.now()).total_seconds() if due else POLL_SECONDS
            if left <= 0 or self._wake.wait(rings, min(left, POLL_SECONDS)) or not self._lease.held():
                return
            if self._store.changed_elsewhere():
                self._wake.ring()
                return
