"""What agents in real time find out and measure; it may be told of several things at once."""

from collections import Counter
from threading import Lock

from workloom.domain.commands import Command
from workloom.domain.interaction import Interaction
from workloom.simulation.findings import Findings


class Book:
    """The books of all agents of a run. Times are seconds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.findings = Findings()
        self.actions: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.waits: list[float] = []
        self.handled: list[float] = []
        self.answered: dict[str, list[float]] = {"offer": [], "accept": [], "command": []}
        self._fences: dict[str, int] = {}
        self._done: Counter[str] = Counter()
        self._taken_once: set[str] = set()

    def acknowledged(self, agent: str, command: Command, after: Interaction, seconds: float) -> None:
        """A command was carried out, and its answer came after so many seconds."""
        name = type(command).__name__
        with self._lock:
            self.actions[name] += 1
            self.answered["accept" if name == "Accept" else "command"].append(seconds)
            if name in ("Accept", "Pull", "Reopen"):
                self._taken(agent, after, name)
            if name == "MarkDone":
                self._done[after.id] += 1
                if self._done[after.id] > 1:
                    self.findings.add("I3", f"{after.id} was done {self._done[after.id]} times")

    def _taken(self, agent: str, after: Interaction, how: str) -> None:
        if after.assigned_to != agent:
            self.findings.add("I2", f"{agent} took {after.id}, and it is with {after.assigned_to or 'nobody'}")
        if after.fence <= self._fences.get(after.id, -1):
            self.findings.add("I2", f"the fence of {after.id} was {after.fence} at two takings")
        self._fences[after.id] = max(after.fence, self._fences.get(after.id, -1))
        if how == "Reopen":
            self._done[after.id] -= 1
        elif how == "Accept" and after.assigned_at is not None and after.id not in self._taken_once:
            self._taken_once.add(after.id)
            self.waits.append((after.assigned_at - after.submitted_at).total_seconds())

    def refused(self, error: Exception) -> None:
        """A command was refused, as it may be."""
        with self._lock:
            self.refusals[type(error).__name__] += 1

    def did(self, what: str) -> None:
        """Something that is no command."""
        with self._lock:
            self.actions[what] += 1

    def measured(self, what: str, seconds: float) -> None:
        """A time: `offer` from its decision until an agent saw it."""
        with self._lock:
            self.answered[what].append(seconds)

    def worked(self, seconds: float) -> None:
        """An agent has let go of an item after so many seconds."""
        with self._lock:
            self.handled.append(seconds)

    def found(self, promise: str, text: str) -> None:
        """A promise was found broken."""
        with self._lock:
            self.findings.add(promise, text)
