"""What is going to happen: actions by instant, and at the same instant in the order in which they were planned."""

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from workloom.services.ports_outside import Clock

Action = Callable[[], None]


class Agenda:
    """A heap of (instant, sequence, action)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._planned: list[tuple[datetime, int, Action]] = []
        self._sequence = count()

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self._clock.now()

    @property
    def next(self) -> datetime | None:
        """The instant of the next action, None if nothing is planned."""
        return self._planned[0][0] if self._planned else None

    def at(self, instant: datetime, action: Action) -> None:
        """Plan an action; one of the past comes at once."""
        heappush(self._planned, (max(instant, self.now), next(self._sequence), action))

    def after(self, seconds: float, action: Action) -> None:
        """Plan an action so many seconds from now, rounded to milliseconds."""
        self.at(self.now + timedelta(milliseconds=round(seconds * 1000)), action)

    def due(self) -> list[Action]:
        """The actions whose time has come, in their order; what they plan for this instant comes with the next call."""
        actions = []
        while self._planned and self._planned[0][0] <= self.now:
            actions.append(heappop(self._planned)[2])
        return actions
