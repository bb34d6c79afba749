"""The news of one session as far as they have come, kept for whoever asks. Any thread."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition
from typing import Final

from workloom.domain.errors import Disconnected, WorkloomError
from workloom.domain.events import Event

MOST: Final = 5000
"""Events that are kept; who asks for earlier ones asks the server."""


class News:
    """A bell and a buffer. `rang` is called, in the thread of the sockets, when there may be news or none come."""

    def __init__(self, rang: Callable[[], None] = lambda: None) -> None:
        self._rang = rang
        self._bell = Condition()
        self._events: deque[Event] = deque()
        self._begin: int | None = None  # after this one the buffer is complete; None before the first word
        self._last = -1
        self.mark = ""
        self._trouble: WorkloomError | None = None
        self._anew = False
        self.asked_at = time.monotonic()

    @property
    def last(self) -> int | None:
        """Everything up to here has come; None = nothing was heard yet."""
        with self._bell:
            return None if self._begin is None else self._last

    @property
    def trouble(self) -> WorkloomError | None:
        """Why nothing comes, None while it does."""
        return self._trouble

    def begin(self, last: int, mark: str = "", *, anew: bool = False) -> None:
        """The connection stands. The news go on after `last`; what was missed between cannot be in the buffer.

        `mark`: by what the server knows its log again. `anew`: what was seen before counts for nothing, whether it was
        later than `last` or, in a log that was restored and has gone on, earlier.
        """
        with self._bell:
            self._anew = self._anew or anew
            self.mark = mark or self.mark
            if self._begin is None or anew or last > self._last:
                self._events.clear()
                self._begin = self._last = last
            self._trouble = None
            self._bell.notify_all()
        self._rang()

    def add(self, events: Sequence[Event], last: int, mark: str = "") -> None:
        """More has come, up to `last`."""
        with self._bell:
            self._events += (event for event in events if event.sequence > self._last)
            self._last = max(self._last, last)
            self.mark = mark or self.mark
            while len(self._events) > MOST:
                self._begin = self._events.popleft().sequence
            self._bell.notify_all()
        self._rang()

    def fail(self, trouble: WorkloomError) -> None:
        """Nothing comes any more: who waits, and who asks from now on, is told why."""
        with self._bell:
            self._trouble = trouble
            self._bell.notify_all()
        self._rang()

    def check(self) -> None:
        """Raise the trouble that there is."""
        self.asked_at = time.monotonic()
        with self._bell:
            if self._trouble is not None:
                raise _again(self._trouble)

    def take_anew(self) -> bool:
        """Whether everything must be read anew; whoever asks is told so once."""
        with self._bell:
            anew, self._anew = self._anew, False
            return anew

    def after(self, sequence: int, limit: int) -> tuple[Event, ...] | None:
        """Events after `sequence`; None if the buffer does not reach back so far, or not beyond it."""
        with self._bell:
            if self._begin is None or sequence < self._begin or sequence >= self._last:
                return None
            found = [event for event in self._events if event.sequence > sequence]
            return tuple(found[:limit])

    def wait(self, sequence: int, timeout: float) -> bool:
        """Block until there is more than `sequence`, for `timeout` seconds at most. Raises the trouble, if any."""
        self.asked_at = time.monotonic()
        with self._bell:
            came = self._bell.wait_for(
                lambda: self._trouble is not None or self._last > sequence or self._anew,
                timeout,
            )
            if self._trouble is not None:
                raise _again(self._trouble)
            return came


def _again(trouble: WorkloomError) -> WorkloomError:
    """An error of its own for each who asks: what is raised twice keeps growing."""
    return Disconnected(str(trouble)) if isinstance(trouble, Disconnected) else type(trouble)(str(trouble))
