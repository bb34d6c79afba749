"""One thread for each agent that waits for events, reads what they changed, and tells the service that we live."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final, Protocol

from msgspec.structs import replace

from workloom.api.services import Services
from workloom.domain.errors import EventsMissed, SessionEnded, WorkloomError
from workloom.domain.events import Event, EventKind
from workloom.shell.knowledge import Knowledge, Presenter, after_events, first_look, second_look, with_items
from workloom.shell.operations import attempt

LONGEST_WAIT: Final = 0.5
"""Seconds after which the thread asks for news though it was not woken."""

LOOK: Final = 0.001
"""Seconds that the service gets to look whether there are news; some do not look at all when they get none."""

MOST_EVENTS: Final = 500
"""Events of one turn; with so many there may be more."""

PAUSE_AFTER_TROUBLE: Final = 2.0
"""Seconds before the service is asked again."""


class Listener(Protocol):
    """Whom the pump tells. Called in the pump's thread."""

    def on_turn(self, events: tuple[Event, ...], known: Knowledge) -> None:
        """Something happened, and this is how things stand now. The first turn has no events."""
        ...

    def on_alive(self, at: float) -> None:
        """The service has heard, at `time.monotonic` or later, that the desktop lives."""
        ...

    def on_trouble(self, error: WorkloomError | None) -> None:
        """The service cannot be asked; None: it can again."""
        ...

    def on_ended(self, error: SessionEnded) -> None:
        """The session is over. Nothing more comes."""
        ...


class EventPump:
    """Runs until `stop`. `on_wake`: that of the backend; the thread waits here and not there, so it ends at once."""

    def __init__(
        self,
        services: Services,
        on_wake: Callable[[Callable[[], None]], Callable[[], None]],
        listener: Listener,
        present: Presenter,
    ) -> None:
        self._services, self._on_wake = services, on_wake
        self._listener = listener
        self._present = present
        self._beat_at = 0.0  # monotonic
        self._stopped = threading.Event()
        self._again = threading.Event()
        self._anew = threading.Event()
        self._woken = threading.Event()
        self._collected = threading.Event()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def start(self) -> None:
        """Begin; the first turn follows soon."""
        self._thread.start()

    def go_on(self) -> None:
        """The plugins are collected: from now on offers can be presented. Until then only the first turn comes."""
        self._collected.set()

    def stop(self) -> None:
        """Tell nothing more; does not wait."""
        self._stopped.set()
        self._collected.set()
        self._again.set()
        self._woken.set()

    def try_now(self) -> None:
        """After trouble: do not wait before the service is asked again."""
        self._again.set()

    def look_anew(self) -> None:
        """Read everything again soon, though nothing has happened at the service: what is declared here has changed."""
        self._anew.set()
        self._woken.set()

    def join(self, timeout: float) -> None:
        """Wait for the thread to end."""
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _run(self) -> None:
        undo: Callable[[], None] | None = None
        with suppress(WorkloomError):  # whoever is not woken asks from time to time
            undo = attempt(partial(self._on_wake, self._woken.set))
        try:
            self._turns()
        finally:
            if undo is not None:
                with suppress(WorkloomError):
                    attempt(undo)

    def _turns(self) -> None:
        position, troubled = -1, False
        known: Knowledge | None = None
        while not self._stopped.is_set():
            try:
                self._beat()
                wanted = self._anew.is_set()
                if wanted:
                    self._anew.clear()
                anew = wanted or troubled
                position, known = attempt(partial(self._turn, position, known, anew=anew))
            except SessionEnded as error:
                self._tell(partial(self._listener.on_ended, error))
                return
            except WorkloomError as error:
                troubled = True
                self._tell(partial(self._listener.on_trouble, error))
                self._again.wait(PAUSE_AFTER_TROUBLE)
                self._again.clear()
            else:
                if troubled:
                    troubled = False
                    self._tell(partial(self._listener.on_trouble, None))

    def _beat(self) -> None:
        """Say that we live, if it is time."""
        now = time.monotonic()
        if now >= self._beat_at:
            self._beat_at = now + attempt(self._services.presence.heartbeat)
            self._tell(partial(self._listener.on_alive, now))

    def _turn(self, position: int, known: Knowledge | None, *, anew: bool) -> tuple[int, Knowledge]:
        """Wait for what happens and read what it changed; `anew`: read everything, at once."""
        events = self._services.events
        if known is None:
            position = events.last()
            first = first_look(self._services)
            self._tell(partial(self._listener.on_turn, (), first))
            self._collected.wait()
            known = with_items(self._services, first, self._present)
            self._tell(partial(self._listener.on_turn, (), known))
            return position, known
        if not anew and not self._is_woken(position):
            return position, known
        newest = events.last()
        try:
            batch = events.after(position, limit=MOST_EVENTS)
        except EventsMissed:
            return newest, self._all_anew(known, newest)
        if len(batch) < MOST_EVENTS:
            position = newest  # what came up to then and is not in the batch is none of this agent's business
        if batch or anew:
            position = max(position, batch[-1].sequence) if batch else position
            known = (
                second_look(self._services, known, self._present)
                if anew
                else after_events(self._services, known, batch, self._present)
            )
            self._tell(partial(self._listener.on_turn, batch, known))
        return position, known

    def _is_woken(self, position: int) -> bool:
        """Wait; whether there may be news then."""
        self._woken.wait(min(LONGEST_WAIT, max(0.0, self._beat_at - time.monotonic())))
        self._woken.clear()
        return not self._stopped.is_set() and self._services.events.wait(position, timeout=LOOK)

    def _all_anew(self, known: Knowledge, newest: int) -> Knowledge:
        """What has happened is not told: read everything, and have lists and open items read themselves."""
        known = second_look(self._services, known, self._present)
        instead = Event(sequence=newest, at=known.session.last_seen_at, kind=EventKind.SITE_APPLIED)
        touched = (replace(instead, kind=EventKind.READ, item=row.item.id) for row in known.open_rows)
        self._tell(partial(self._listener.on_turn, (instead, *touched), known))
        return known

    def _tell(self, tell: Callable[[], None]) -> None:
        if not self._stopped.is_set():
            tell()
