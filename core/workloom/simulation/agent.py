"""A simulated agent's day: shift, breaks, crashes, and answers to offers. What is done with items is in `work`."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from workloom.domain.commands import Accept, CancelTransfer, Close, Reject
from workloom.domain.errors import ItemsOpen, SessionEnded
from workloom.domain.interaction import Interaction
from workloom.domain.presence import Presence
from workloom.simulation.centre import PASSWORD
from workloom.simulation.desk import Desk
from workloom.simulation.work import Work
from workloom.simulation.world import World

_BACK_FROM_MISSED = 120.0
_NEXT_TRY = 60.0


class SimulatedAgent:
    """Somebody who works from `begin` to `end` of each shift."""

    def __init__(
        self, world: World, name: str, seed: int, handling: Callable[[Interaction], float] | None = None
    ) -> None:
        self._world = world
        self._name = name
        self._random = Random(f"{seed}/{name}")  # noqa: S311 - no secret
        self._desk: Desk | None = None
        self._life = 0  # rises when a session begins or ends: what was planned in an older one comes to nothing
        self._end = world.agenda.now
        self._work = Work(world, name, self._random, handling)

    def plan_shift(self, begin: datetime, end: datetime, *, late: float = 600.0) -> None:
        """Come at `begin`, or up to so many seconds later, and leave at `end`."""
        late *= self._random.random()

        def come() -> None:
            self._end = end
            self._log_in()

        self._world.agenda.at(begin + timedelta(seconds=round(late)), come)

    def offered(self, item: str, ticket: str) -> None:
        """The toast shows: take it, decline it, answer too late, or be away."""
        habits, chance = self._world.habits, self._random.random()
        delay = min(25.0, 1.0 + self._random.expovariate(1 / habits.answer))
        if chance < habits.ignores:
            return
        chance -= habits.ignores
        if chance < habits.rejects:
            self._soon(delay, lambda desk: desk.do(Reject(item=item, ticket=ticket)))
            return
        if chance - habits.rejects < habits.answers_late:
            delay = 60.0
        self._soon(delay, lambda desk: self._accept(desk, item, ticket))

    def transfer_refused(self, item: str) -> None:
        """A colleague did not take what was handed over: it is still here."""
        self._soon(10 + self._random.random() * 50, lambda desk: self._work.let_go(desk, item, self._soon))

    def missed(self, media_type: str) -> None:
        """An offer ran out and the channel is Not Ready: back after a while."""
        delay = self._random.expovariate(1 / _BACK_FROM_MISSED)
        self._soon(delay, lambda desk: desk.services.presence.set_state(Presence.READY, media_type=media_type))

    def _accept(self, desk: Desk, item: str, ticket: str) -> None:
        after = desk.do(Accept(item=item, ticket=ticket))
        if after is not None:
            self._work.begin(desk, after, self._soon)

    def _soon(self, seconds: float, action: Callable[[Desk], object]) -> None:
        """Do something at the desk later, if the session is still this one then."""
        life = self._life

        def act() -> None:
            desk = self._desk
            if self._life != life or desk is None:
                return
            try:
                action(desk)
            except SessionEnded:
                desk.ended = True
            if desk.ended:
                self._leave()
                self._world.agenda.after(_NEXT_TRY, self._log_in)

        self._world.agenda.after(seconds, act)

    def _log_in(self) -> None:
        if self._desk is not None or self._world.agenda.now >= self._end:
            return
        backend = self._world.engine.backend
        plan = backend.authenticate(self._name, PASSWORD)
        everything = [choice.media_type for choice in plan.channels]
        channels = [each for each in everything if self._random.random() < 0.95] or everything
        session = backend.log_in(plan.ticket, channels=channels)
        self._life += 1
        self._desk = Desk(self._world, self._name, self._random, backend.services(session))
        habits = self._world.habits
        self._soon(habits.heartbeat, self._beat)
        self._soon(self._random.expovariate(1 / habits.looks), self._look)
        self._soon(self._random.expovariate(1 / habits.works_between_breaks), self._pause)
        self._soon(self._random.expovariate(1 / habits.works_between_crashes), self._crash)
        self._soon((self._end - self._world.agenda.now).total_seconds(), self._go_home)
        for item in self._desk.services.items.open_items():
            self._work.begin(self._desk, item, self._soon)

    def _leave(self) -> None:
        self._life += 1
        self._desk = None

    def _beat(self, desk: Desk) -> None:
        desk.services.presence.heartbeat()
        self._soon(self._world.habits.heartbeat, self._beat)

    def _look(self, desk: Desk) -> None:
        self._work.look(desk, self._soon)
        self._soon(self._random.expovariate(1 / self._world.habits.looks), self._look)

    def _pause(self, desk: Desk) -> None:
        habits = self._world.habits
        desk.services.presence.set_state(Presence.NOT_READY, reason="Break")
        self._soon(self._random.expovariate(1 / habits.break_time), self._resume)
        self._soon(self._random.expovariate(1 / habits.works_between_breaks), self._pause)

    def _resume(self, desk: Desk) -> None:
        desk.services.presence.set_state(Presence.READY)

    def _crash(self, desk: Desk) -> None:
        """The machine stops: no heartbeat, no answers; the agent returns, and the old session speaks once more."""
        items = [item.id for item in desk.services.items.open_items()]
        self._leave()
        self._world.actions["crash"] += 1
        gone = self._random.expovariate(1 / self._world.habits.gone_after_crash)
        self._world.agenda.after(gone, self._log_in)
        for item in items[:1]:
            self._world.agenda.after(gone + 1, partial(self._ghost, desk, item))

    def _ghost(self, desk: Desk, item: str) -> None:
        if self._desk is not None:  # logged in anew: so the old session has ended
            desk.after_end(item)

    def _go_home(self, desk: Desk) -> None:
        """Put away what is open, then log off; what cannot be put away yet is tried again."""
        desk.services.presence.set_state(Presence.NOT_READY)
        for item in desk.services.items.open_items():
            if item.offer is not None:
                desk.do(CancelTransfer(item=item.id))
            desk.do(Close(item=item.id))
        try:
            desk.services.presence.log_off()
        except ItemsOpen:
            self._soon(_NEXT_TRY, self._go_home)
            return
        self._leave()
