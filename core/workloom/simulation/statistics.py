"""How long items waited and were handled, and how much of their time agents had something to do."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct


class Spread(Struct, frozen=True, kw_only=True):
    """Seconds: how many were measured, what a half, nine tenths and 99 of 100 do not exceed, and the longest."""

    count: int = 0
    p50: float = 0.0
    p90: float = 0.0
    p99: float = 0.0
    longest: float = 0.0


class Utilisation(Struct, frozen=True, kw_only=True):
    """Seconds that an agent was logged in, and with at least one open item meanwhile."""

    agent: str
    logged_in: float
    busy: float

    @property
    def share(self) -> float:
        """Busy part of the time logged in."""
        return self.busy / self.logged_in if self.logged_in else 0.0


class Statistics:
    """Told what happens in the order in which it happens."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.handled: list[float] = []
        self._open: Counter[str] = Counter()
        self._since: dict[str, datetime] = {}
        self._logged_in: defaultdict[str, float] = defaultdict(float)
        self._busy: defaultdict[str, float] = defaultdict(float)

    def came(self, agent: str, at: datetime) -> None:
        """An agent has logged in."""
        self._account(agent, at)
        self._since[agent] = at

    def went(self, agent: str, at: datetime) -> None:
        """An agent has logged off or was lost."""
        self._account(agent, at)
        self._since.pop(agent, None)

    def took(self, agent: str, at: datetime) -> None:
        """An item came to the agent."""
        self._account(agent, at)
        self._open[agent] += 1

    def gave(self, agent: str, at: datetime, seconds: float) -> None:
        """An item left the agent after so many seconds."""
        self._account(agent, at)
        self._open[agent] -= 1
        self.handled.append(seconds)

    def utilisation(self, agents: Sequence[str], at: datetime) -> tuple[Utilisation, ...]:
        """Of these agents, up to now."""
        for agent in agents:
            self._account(agent, at)
        return tuple(
            Utilisation(agent=agent, logged_in=self._logged_in[agent], busy=self._busy[agent]) for agent in agents
        )

    def _account(self, agent: str, at: datetime) -> None:
        """Add the time since the last change."""
        since = self._since.get(agent)
        if since is None:
            return
        seconds = (at - since).total_seconds()
        self._logged_in[agent] += seconds
        if self._open[agent] > 0:
            self._busy[agent] += seconds
        self._since[agent] = at


def spread(seconds: Sequence[float]) -> Spread:
    """Percentiles by nearest rank."""
    ordered = sorted(seconds)
    if not ordered:
        return Spread()

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return Spread(count=len(ordered), p50=at(0.5), p90=at(0.9), p99=at(0.99), longest=ordered[-1])
