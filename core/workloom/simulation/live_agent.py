"""An agent in real time, at a desktop without a screen: all that it knows comes through `api.Backend`."""

from collections.abc import Callable
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from math import log
from random import Random
from threading import Event
from time import monotonic
from typing import Final
from uuid import uuid4

from msgspec import Struct

from workloom.api.services import Backend, Services
from workloom.domain.commands import (
    Accept,
    AddNote,
    Close,
    Command,
    MarkDone,
    PlaceInQueue,
    Reject,
    SetDisposition,
    Transfer,
)
from workloom.domain.errors import (
    Disconnected,
    LoginFailed,
    NotAllowed,
    NotFound,
    Refused,
    ServiceFailed,
    SessionEnded,
    StorageError,
    TooOften,
    WorkloomError,
)
from workloom.domain.events import Event as Happened
from workloom.domain.events import EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.presence import Presence
from workloom.domain.targets import Target, TargetType
from workloom.simulation.live_book import Book
from workloom.simulation.scenario import Habits

_SPREAD: Final = 0.7
_UNKNOWN: Final = (Disconnected, ServiceFailed, StorageError, TooOften)
"""Errors after which nobody knows what became of a command, or that pass: it is asked for again with its key."""

_RETRY: Final = 0.5
_BACK: Final = 60.0

Tell = Callable[[str, Command, str], None]
"""Told `trying`, `done` and `refused` with the command and its key, before and after each."""


class Live(Struct, frozen=True, kw_only=True):
    """How the agents of a run behave. `speed`: seconds of the habits in a second of the clock."""

    habits: Habits = Habits()
    speed: float = 1.0
    outcomes: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    shelf: str = ""
    notes: int = 1
    """Notes that are left on each item."""

    back: float = 120.0
    """Seconds of the habits until somebody who has missed an offer is ready again."""

    patience: float = 60.0
    """Real seconds for which a command of unknown outcome is asked for again."""


class LiveAgent:
    """One person. `run` blocks in the thread of the caller until `stopping` is set."""

    def __init__(
        self,
        backend: Backend,
        name: str,
        password: str,
        live: Live,
        book: Book,
        random: Random,
        *,
        handling: Callable[[Interaction], float] | None = None,
        tell: Tell = lambda *_: None,
    ) -> None:
        self._backend = backend
        self._name = name
        self._password = password
        self._live = live
        self._book = book
        self._random = random
        self._handling = handling or self._by_habit
        self._tell = tell
        self._agenda: list[tuple[float, int, Callable[[Services], None]]] = []
        self._order = count()
        self._tickets: set[str] = set()
        self._crashed = False

    def run(self, stopping: Event) -> None:
        """Log in and work; after a crash, or when the session has ended, again."""
        while not stopping.is_set():
            try:
                self._work(self._log_in(), stopping)
            except (SessionEnded, LoginFailed) as error:
                self._book.refused(error)
            except _UNKNOWN as error:
                self._book.refused(error)
                stopping.wait(_RETRY)
            if self._crashed:
                self._crashed = False
                stopping.wait(self._real(self._random.expovariate(1 / self._live.habits.gone_after_crash)))

    def _log_in(self) -> Services:
        plan = self._backend.authenticate(self._name, self._password)
        channels = [choice.media_type for choice in plan.channels]
        services = self._backend.services(self._backend.log_in(plan.ticket, channels=channels))
        self._book.did("log in")
        self._agenda.clear()
        self._tickets.clear()
        for item in services.items.open_items():
            self._begin(item)
        self._soon(0.0, self._beat, real=True)
        self._soon(self._random.expovariate(1 / self._live.habits.works_between_crashes), self._crash)
        return services

    def _work(self, services: Services, stopping: Event) -> None:
        seen = services.events.last()
        self._look(services)
        while not (stopping.is_set() or self._crashed):
            ahead = self._agenda[0][0] - monotonic() if self._agenda else 1.0
            if services.events.wait(seen, timeout=min(1.0, max(0.0, ahead))):
                events = services.events.after(seen)
                seen = events[-1].sequence if events else services.events.last()
                if any(map(self._missed, events)):
                    self._soon(self._live.back, self._ready)
                self._look(services)
            while self._agenda and self._agenda[0][0] <= monotonic() and not self._crashed:
                heappop(self._agenda)[2](services)
        if not self._crashed:
            self._leave(services)

    def _missed(self, event: Happened) -> bool:
        """Whether the service has set a channel to Not ready, because an offer was not answered in time."""
        mine = event.kind is EventKind.CHANNEL_CHANGED and event.person == self._name and event.actor != self._name
        return mine and event.detail.get("state") != Presence.READY

    def _leave(self, services: Services) -> None:
        """Put away what is open and log off."""
        services.presence.set_state(Presence.NOT_READY)
        for item in services.items.open_items():
            self._do(services, Close(item=item.id))
        try:
            services.presence.log_off()
        except WorkloomError as error:
            self._book.refused(error)

    def _look(self, services: Services) -> None:
        """What is offered now, and was not before."""
        for row in services.items.offers():
            offer = row.item.offer
            if offer is None or offer.agent != self._name or offer.ticket in self._tickets:
                continue
            self._tickets.add(offer.ticket)
            late = (self._backend.now() - offer.offered_at) / timedelta(seconds=1)
            self._book.measured("offer", max(0.0, late))
            self._answer(row.item, offer.ticket)

    def _answer(self, item: Interaction, ticket: str) -> None:
        habits, chance = self._live.habits, self._random.random()
        delay = self._random.expovariate(1 / habits.answer) if habits.answer else 0.0
        if chance < habits.ignores:
            self._book.did("ignored offer")
        elif chance < habits.ignores + habits.rejects:
            self._soon(delay, lambda services: self._do(services, Reject(item=item.id, ticket=ticket)))
        else:
            self._soon(delay, lambda services: self._accept(services, item.id, ticket))

    def _ready(self, services: Services) -> None:
        services.presence.set_state(Presence.READY)

    def _accept(self, services: Services, item: str, ticket: str) -> None:
        after = self._do(services, Accept(item=item, ticket=ticket))
        if after is not None:
            self._begin(after)

    def _begin(self, item: Interaction) -> None:
        if self._random.random() < self._live.habits.forgets:
            return
        seconds, begun = self._handling(item), monotonic()
        note = AddNote(item=item.id, text="Called the customer.")
        for number in range(1, self._live.notes + 1):
            at = seconds * number / (self._live.notes + 1)
            self._soon(at, lambda services: self._do(services, note))
        self._soon(seconds, lambda services: self._let_go(services, item, begun))

    def _let_go(self, services: Services, item: Interaction, begun: float) -> None:
        habits, chance = self._live.habits, self._random.random()
        if chance < habits.transfers and self._live.colleagues:
            target = Target(type=TargetType.AGENT, id=self._random.choice(self._live.colleagues))
            if self._do(services, Transfer(item=item.id, target=target)) is None:
                self._soon(5.0, lambda services: self._finish(services, item))
            else:
                self._soon(_BACK, lambda services: self._finish(services, item))
        elif chance < habits.transfers + habits.requeues and self._live.shelf:
            self._do(services, PlaceInQueue(item=item.id, queue=self._live.shelf))
        elif not self._finish(services, item):
            return
        self._book.worked((monotonic() - begun) * self._live.speed)

    def _finish(self, services: Services, item: Interaction) -> bool:
        if self._live.outcomes:
            outcome = self._random.choice(self._live.outcomes)
            if self._do(services, SetDisposition(item=item.id, value=outcome, fence=item.fence)) is None:
                return False
        return self._do(services, MarkDone(item=item.id, fence=item.fence)) is not None

    def _do(self, services: Services, command: Command) -> Interaction | None:
        """The item afterwards, None if it was refused. What nobody knows of is asked for again with its key."""
        key = f"{self._name}-{uuid4().hex}"
        self._tell("trying", command, key)
        end, begun = monotonic() + self._live.patience, monotonic()
        while True:
            try:
                after = services.items.execute(command, key=key)
            except (Refused, NotAllowed, NotFound) as error:
                self._tell("refused", command, key)
                self._book.refused(error)
                return None
            except _UNKNOWN as error:
                self._book.refused(error)
                if monotonic() > end:
                    raise
                self._book.did("asked again")
                Event().wait(_RETRY)
                begun = monotonic()
                continue
            self._tell("done", command, key)
            self._book.acknowledged(self._name, command, after, monotonic() - begun)
            self._repeat(services, command, key, after)
            return after

    def _repeat(self, services: Services, command: Command, key: str, first: Interaction) -> None:
        """Now and then the answer is lost on its way, and the desktop asks again: it must be the same."""
        if self._random.random() >= self._live.habits.retries:
            return
        try:
            again = services.items.execute(command, key=key)
        except WorkloomError as error:
            self._book.refused(error)
            return
        self._book.did("retry")
        if again != first:
            self._book.found("I3", f"{self._name}: {key} was answered twice in different ways")

    def _beat(self, services: Services) -> None:
        seconds = services.presence.heartbeat()
        self._soon(seconds, self._beat, real=True)

    def _crash(self, _services: Services) -> None:
        self._book.did("crash")
        self._crashed = True

    def _by_habit(self, _item: Interaction) -> float:
        return self._random.lognormvariate(log(self._live.habits.handles) - _SPREAD**2 / 2, _SPREAD)

    def _soon(self, seconds: float, action: Callable[[Services], object], *, real: bool = False) -> None:
        def act(services: Services) -> None:
            action(services)

        at = monotonic() + (seconds if real else self._real(seconds))
        heappush(self._agenda, (at, next(self._order), act))

    def _real(self, seconds: float) -> float:
        return seconds / self._live.speed
