"""The engine of the simulation with one part that is deliberately wrong, put in its place through a port."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.adapters.sqlite.opening import open_store
from workloom.bootstrap.engine import MEMORY, Engine, engine_on
from workloom.domain.commands import Command
from workloom.domain.interaction import Interaction
from workloom.services.backend import EmbeddedBackend
from workloom.services.capture import Capture
from workloom.services.configuration import Configuration
from workloom.services.dispatcher import Dispatcher
from workloom.services.ports import Store
from workloom.simulation.passwords import NoPasswords
from workloom.simulation.report import Report
from workloom.simulation.run import run
from workloom.simulation.scenario import BEGIN, Scenario


class Part:
    """Another part as it is, but for what a subclass does differently."""

    def __init__(self, part: Any) -> None:
        self.part = part

    def __getattr__(self, name: str) -> Any:
        return getattr(self.part, name)


Breaks = Mapping[str, Callable[[Any], Any]]
"""For a group of tables (`items`, `due` …) what takes its place in write transactions."""


class BrokenTransaction(Part):
    """A transaction with some groups of tables replaced."""

    def __init__(self, part: Any, breaks: Breaks) -> None:
        super().__init__(part)
        for name, replacement in breaks.items():
            setattr(self, name, replacement(getattr(part, name)))


class BrokenStore(Part):
    """A store whose write transactions are broken; what is read for the verdict is the truth."""

    def __init__(self, part: Any, breaks: Breaks) -> None:
        super().__init__(part)
        self._breaks = breaks

    @contextmanager
    def transaction(self, **how: Any) -> Iterator[Any]:
        with self.part.transaction(**how) as transaction:
            yield BrokenTransaction(transaction, self._breaks)


class BrokenItems(Part):
    """`api.WorkItems` of one session that sends another command than it was given."""

    def __init__(self, part: Any, change: Callable[[Command], Command]) -> None:
        super().__init__(part)
        self._change = change

    def execute(self, command: Command, *, key: str = "") -> Interaction:
        answer: Interaction = self.part.execute(self._change(command), key=key)
        return answer


class BrokenBackend(Part):
    """`api.Backend` whose sessions have broken items."""

    def __init__(self, part: Any, change: Callable[[Command], Command]) -> None:
        super().__init__(part)
        self._change = change

    def services(self, session: str) -> Any:
        services = Part(self.part.services(session))
        services.items = BrokenItems(services.part.items, self._change)  # type: ignore[attr-defined]
        return services


class BrokenEngine:
    """`simulation.world.SimulatedEngine`."""

    def __init__(self, engine: Engine, change: Callable[[Command], Command] | None) -> None:
        self.store: Store = engine.store
        self.dispatcher: Dispatcher = engine.dispatcher
        self.configuration: Configuration = engine.configuration
        self.capture: Capture = engine.capture
        self.backend: EmbeddedBackend = engine.backend
        if change is not None:
            self.backend = BrokenBackend(engine.backend, change)  # type: ignore[assignment]


def simulate(scenario: Scenario, breaks: Breaks, change: Callable[[Command], Command] | None = None) -> Report:
    """The scenario on an engine that is broken in these ways."""
    clock = VirtualClock(BEGIN)
    store: Any = BrokenStore(open_store(MEMORY), breaks)
    engine = engine_on(
        store, clock=clock, ids=CountedIds(), randomness=Chance(scenario.seed), hasher=NoPasswords(), exclusive=True
    )
    try:
        return run(scenario, BrokenEngine(engine, change), clock)
    finally:
        engine.stop()
