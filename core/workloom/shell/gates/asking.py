"""Puts one attempt after the other to one gate after the other."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject

from workloom.api.gates import Attempt, Gate, Verdict
from workloom.api.plugins import Guard
from workloom.domain.errors import WorkloomError
from workloom.shell.gates.passing import Passing
from workloom.shell.later import later
from workloom.shell.registries.contributed import Contributed
from workloom.shell.session import AgentSession

Step = tuple[Contributed[Gate], Passing]
Answer = Verdict | WorkloomError | None


class Asking:
    """`taken(gate, passing, answer)` hears each answer on the UI thread, `done` when all were asked.

    A gate that has not answered in time is not asked again about the other items.
    """

    def __init__(
        self,
        session: AgentSession,
        guard: Guard,
        owner: QObject,
        steps: Sequence[Step],
        taken: Callable[[Contributed[Gate], Passing, Answer], None],
        done: Callable[[], None],
    ) -> None:
        self._session, self._guard, self._owner = session, guard, owner
        self._steps, self._taken, self._done = list(steps), taken, done
        self._late: dict[str, WorkloomError] = {}
        self._number = 0

    def go_on(self) -> None:
        """Ask until a gate is asked off the thread; its answer goes on."""
        while self._steps:
            entry, passing = self._steps.pop(0)
            if passing.stopped is not None or not entry.what.stands_before(passing.attempt):
                continue
            if entry.what.id in self._late:
                self._taken(entry, passing, self._late[entry.what.id])
            elif entry.what.on_ui_thread:
                self._taken(entry, passing, self._here(entry, passing.attempt))
            else:
                self._apart(entry, passing)
                return
        self._done()

    def _here(self, entry: Contributed[Gate], attempt: Attempt) -> Answer:
        try:
            return self._ask(entry, attempt)
        except WorkloomError as error:
            return error

    def _apart(self, entry: Contributed[Gate], passing: Passing) -> None:
        self._number += 1
        number = self._number

        def answered(answer: Answer) -> None:
            if number == self._number:
                self._number += 1
                forget()  # it would keep the gate, and so what its plugin has, for the rest of its time
                self._taken(entry, passing, answer)
                self.go_on()

        def too_late() -> None:
            if number == self._number:
                words = f"It has not answered within {entry.what.seconds} seconds."
                self._late[entry.what.id] = WorkloomError(words)  # that it is a fault, the guard has told
                answered(self._late[entry.what.id])

        self._session.apart(partial(self._ask, entry, passing.attempt), answered, answered)
        forget = later(self._owner, entry.what.seconds * 1000, too_late)

    def _ask(self, entry: Contributed[Gate], attempt: Attempt) -> Answer:
        before = entry.what.before
        assert before is not None

        def asked() -> Verdict:
            verdict: object = before(attempt)
            if verdict is None:
                return Verdict()
            if isinstance(verdict, Verdict):
                return verdict
            raise TypeError(f"expected a Verdict or None, found an object of type {type(verdict).__name__}")

        what, seconds = f"gate {entry.what.id}", float(entry.what.seconds)
        return self._guard.call(entry.plugin, what, asked, passing=WorkloomError, seconds=seconds)
