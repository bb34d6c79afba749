"""What everybody in the simulation shares, and the engine that it runs on."""

from collections import Counter
from itertools import count
from typing import Protocol

from workloom.domain.interaction import Interaction
from workloom.domain.site import Site
from workloom.services.backend import EmbeddedBackend
from workloom.services.capture import Capture
from workloom.services.configuration import Configuration
from workloom.services.dispatcher import Dispatcher
from workloom.services.ports import Store
from workloom.simulation.agenda import Agenda
from workloom.simulation.findings import Findings
from workloom.simulation.ledger import Ledger
from workloom.simulation.scenario import Habits
from workloom.simulation.statistics import Statistics


class SimulatedEngine(Protocol):
    """The engine as bootstrap composes it, with a virtual clock, counted ids and seeded chance."""

    store: Store
    backend: EmbeddedBackend
    dispatcher: Dispatcher
    configuration: Configuration

    @property
    def capture(self) -> Capture: ...


class World:
    """Engine, agenda, and the books that are kept."""

    def __init__(self, engine: SimulatedEngine, agenda: Agenda, site: Site, habits: Habits) -> None:
        self.engine = engine
        self.agenda = agenda
        self.site = site
        self.habits = habits
        self.findings = Findings()
        self.statistics = Statistics()
        self.ledger = Ledger(site, self._media_type_of, self.findings, self.statistics)
        self.refusals: Counter[str] = Counter()
        self.actions: Counter[str] = Counter()
        self._keys = count(1)

    def new_key(self) -> str:
        """An idempotency key."""
        return f"key-{next(self._keys)}"

    def record(self, item: str) -> Interaction | None:
        """An item as it is stored."""
        with self.engine.store.reading() as reader:
            return reader.items.get(item)

    def last_event(self) -> int:
        """The end of the log."""
        with self.engine.store.reading() as reader:
            return reader.events.last()

    def _media_type_of(self, item: str) -> str:
        found = self.record(item)
        return found.media_type if found else ""
