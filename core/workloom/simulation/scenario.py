"""What is simulated: how many people, how much work, how long, and how people behave."""

from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from workloom.simulation.statistics import Spread

BEGIN: Final = datetime(2026, 11, 20, tzinfo=UTC)
"""When every simulation begins."""


class Habits(Struct, frozen=True, kw_only=True):
    """How people behave. Shares are of 1, times in seconds; a time is a mean unless its name says otherwise."""

    answer: float = 6.0
    rejects: float = 0.06
    ignores: float = 0.04
    answers_late: float = 0.02
    handles: float = 420.0
    forgets: float = 0.01  # leaves an accepted item open until its handling time runs out
    done: float = 0.6
    transfers: float = 0.16  # half of them directly to a colleague
    shelves: float = 0.14  # into a workbin
    requeues: float = 0.06  # the rest is closed undone
    cancels_transfer: float = 0.1
    reopens: float = 0.03
    retries: float = 0.05  # sends a command once more with the same key
    probes: float = 0.2  # sends a command from before an item was lost or came back
    looks: float = 900.0  # between two looks into the workbins
    works_between_crashes: float = 6 * 3600.0
    gone_after_crash: float = 240.0
    works_between_breaks: float = 3 * 3600.0
    break_time: float = 600.0
    heartbeat: float = 60.0


class Replay(Struct, frozen=True, kw_only=True):
    """A real log of work that is replayed, and what it says itself of waits and handling (seconds)."""

    log: str
    agents: int
    items: int
    hours: float
    waited: Spread
    handled: Spread


class Scenario(Struct, frozen=True, kw_only=True):
    """One simulated stretch of time. The same scenario gives the same log of events, to the byte."""

    seed: int = 1
    agents: int = 20
    items: int = 2000
    hours: float = 24.0
    habits: Habits = Habits()
