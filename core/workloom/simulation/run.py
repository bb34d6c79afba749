"""The simulation itself: from instant to instant, people and sources act, then the engine's dispatcher steps."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Protocol

from workloom.adapters.clock import VirtualClock
from workloom.domain.events import Event, EventKind
from workloom.domain.presence import Presence
from workloom.domain.site import Site
from workloom.simulation.agenda import Agenda
from workloom.simulation.agent import SimulatedAgent
from workloom.simulation.centre import PASSWORD, centre
from workloom.simulation.report import Report, digest, promises_of
from workloom.simulation.scenario import BEGIN, Habits, Replay, Scenario
from workloom.simulation.source import ItemSource
from workloom.simulation.statistics import spread
from workloom.simulation.watch import Watch
from workloom.simulation.world import SimulatedEngine, World

_ONE_SHIFT: Final = 12.0
"""Hours up to which everybody works all the time; longer ones have three overlapping shifts a day."""

_TAKING = frozenset({EventKind.ACCEPTED, EventKind.PULLED, EventKind.REOPENED})


def run(scenario: Scenario, engine: SimulatedEngine, clock: VirtualClock) -> Report:
    """Simulate on an empty engine whose clock stands at `BEGIN`; the same scenario gives the same report."""
    site = centre(scenario.agents, heartbeat=scenario.habits.heartbeat)
    world = opened(engine, clock, site, scenario.habits)
    source = ItemSource(engine.capture, world.agenda, scenario)
    agents = {name: SimulatedAgent(world, name, scenario.seed) for name in site.persons}
    for index, agent in enumerate(agents.values()):
        for begin, end in shifts(scenario, index):
            agent.plan_shift(begin, end)
    simulation = Simulation(world, clock, agents, source)
    return simulation.run(BEGIN + timedelta(hours=scenario.hours), scenario)


def opened(engine: SimulatedEngine, clock: VirtualClock, site: Site, habits: Habits) -> World:
    """The world on an empty engine, with the site in force."""
    engine.configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))
    return World(engine, Agenda(clock), site, habits)


class Sender(Protocol):
    """Where the items come from."""

    sent: int


class Simulation:
    """Agents and a source that have planned what they do, and the engine between them."""

    def __init__(self, world: World, clock: VirtualClock, agents: Mapping[str, SimulatedAgent], source: Sender) -> None:
        self._world = world
        self._clock = clock
        self._watch = Watch(world)
        self._source = source
        self._agents = agents
        self._rung = True
        self._read = 0
        world.engine.store.on_commit(self._ring)

    def run(self, end: datetime, scenario: Scenario | Replay) -> Report:
        """Let all happen until then."""
        agenda, due = self._world.agenda, self._step()
        while True:
            following = min(filter(None, (agenda.next, due)), default=end)
            if following >= end:
                break
            self._clock.move_to(following)
            for action in agenda.due():
                action()
            if self._rung or (due is not None and due <= self._clock.now()):
                due = self._step()
        self._clock.move_to(end)
        self._step()
        return self._report(scenario)

    def _ring(self) -> None:
        self._rung = True

    def _step(self) -> datetime | None:
        """One step of the dispatcher, and what everybody learns from it."""
        now = self._clock.now()
        self._rung = False
        due = self._world.engine.dispatcher.step()
        self._rung = False  # what the step itself has changed, it has routed
        if due is not None and due <= now:
            self._world.findings.add("I5", f"the dispatcher leaves undone at {now:%H:%M:%S} what is due")
            due = now + timedelta(seconds=1)
        changed: dict[str, bool] = {}
        with self._world.engine.store.reading() as reader:
            while events := reader.events.after(self._read, limit=1000):
                self._read = events[-1].sequence
                for event in events:
                    self._world.ledger.take(event)
                    if event.item:
                        changed[event.item] = changed.get(event.item, False) or event.kind in _TAKING
                    self._tell(event)
            self._watch.look(reader, changed, now)
        return due

    def _tell(self, event: Event) -> None:
        agent = self._agents.get(event.person)
        if agent is None:
            return
        if event.kind in (EventKind.OFFERED, EventKind.TRANSFER_OFFERED):
            agent.offered(event.item, event.detail["ticket"])
        elif event.kind is EventKind.TRANSFER_REFUSED:
            agent.transfer_refused(event.item)
        elif (
            event.kind is EventKind.CHANNEL_CHANGED
            and event.actor != event.person
            and event.detail["state"] != Presence.READY
        ):
            agent.missed(event.detail["media_type"])

    def _report(self, scenario: Scenario | Replay) -> Report:
        world, now = self._world, self._clock.now()
        with world.engine.store.reading() as reader:
            self._watch.look_at_all(reader, now)
            events, sha = digest(reader)
        if len(world.ledger.entries) != self._source.sent:
            world.findings.add("I1", f"{self._source.sent} items were sent, {len(world.ledger.entries)} taken in")
        return Report(
            scenario=scenario,
            ended=now,
            sha256=sha,
            events=events,
            kinds=dict(sorted(world.ledger.kinds.items())),
            actions=dict(sorted(world.actions.items())),
            refusals=dict(sorted(world.refusals.items())),
            states=dict(sorted(Counter(entry.state.value for entry in world.ledger.entries.values()).items())),
            waits=spread(world.statistics.waits),
            handled=spread(world.statistics.handled),
            agents=world.statistics.utilisation(tuple(self._agents), now),
            promises=promises_of(world.findings),
        )


def shifts(scenario: Scenario, index: int) -> tuple[tuple[datetime, datetime], ...]:
    """Begin and end of each shift of an agent within the scenario."""
    if scenario.hours <= _ONE_SHIFT:
        return ((BEGIN, BEGIN + timedelta(hours=scenario.hours * 0.9)),)
    days = int(-(-scenario.hours // 24))
    begins = (BEGIN + timedelta(days=day, hours=(0, 7, 11, 15)[index % 4]) for day in range(days))
    return tuple((begin, begin + timedelta(hours=8.5)) for begin in begins)
