"""What the router remembers of agents from round to round is what it would find if it looked at all of them anew."""

import pytest

from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.bootstrap.engine import MEMORY, Engine, open_engine
from workloom.domain.routing import SELECTIONS, Candidate
from workloom.domain.site import RoutingStep
from workloom.services.free_agents import FreeAgents
from workloom.simulation.centre import PASSWORD, centre
from workloom.simulation.passwords import NoPasswords
from workloom.simulation.run import run
from workloom.simulation.scenario import BEGIN, Scenario

FLOOR = 500
"""Comparisons that a shift makes at least."""

STEPS = (
    RoutingStep(skill="Household>=3"),
    RoutingStep(groups=("claims",)),
    RoutingStep(skill="Motor>=2 | Incidents>=2"),
    RoutingStep(anyone=True),
)

Found = tuple[list[Candidate], list[Candidate | None]]


class Comparing:
    """Looks after each commit, at what was kept and at everything anew."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept = FreeAgents()
        self.compared = 0
        self._looking = False
        engine.store.on_commit(self._look)

    def _look(self) -> None:
        if self._looking:
            return
        self._looking = True
        try:
            with self._engine.store.transaction(whole=True) as transaction:
                site, anew = self._engine.configuration.site(), FreeAgents()
                for agents in (self._kept, anew):
                    agents.look(transaction, site)
                for media_type in site.media_types:
                    assert self._of(self._kept, media_type) == self._of(anew, media_type)
                    self.compared += 1
            self._kept.settle()
        finally:
            self._looking = False

    def _of(self, agents: FreeAgents, media_type: str) -> Found:
        free = sorted(agents.for_media_type(media_type), key=lambda candidate: candidate.person.name)
        chosen = [
            agents.choose(media_type, (step,), select, lambda below: below // 2)
            for step in STEPS
            for select in SELECTIONS
        ]
        return free, chosen


@pytest.mark.parametrize("seed", [3, 4])
def test_what_is_kept_of_agents_follows_whatever_happens_to_them(seed: int) -> None:
    clock = VirtualClock(BEGIN)
    engine = open_engine(MEMORY, clock=clock, ids=CountedIds(), randomness=Chance(seed), hasher=NoPasswords())
    try:
        comparing = Comparing(engine)
        run(Scenario(seed=seed, agents=10, items=100, hours=8), engine, clock)
        assert comparing.compared >= FLOOR
    finally:
        engine.stop()


def test_offers_of_a_round_that_was_not_committed_are_forgotten() -> None:
    clock = VirtualClock(BEGIN)
    engine = open_engine(MEMORY, clock=clock, ids=CountedIds(), randomness=Chance(1), hasher=NoPasswords())
    try:
        site = centre(2, heartbeat=60)
        engine.configuration.apply(site, dict.fromkeys(site.persons, PASSWORD))
        for name in site.persons:
            engine.backend.log_in(engine.backend.authenticate(name, PASSWORD).ticket, channels=("claim",))
        agents = FreeAgents()
        with engine.store.transaction(whole=True) as transaction:
            agents.look(transaction, engine.configuration.site())
            before = agents.for_media_type("claim")
            agents.took(before[0], "claim")
        with engine.store.transaction(whole=True) as transaction:
            agents.look(transaction, engine.configuration.site())
            assert agents.for_media_type("claim") == before
        assert len(before) == len(site.persons)
    finally:
        engine.stop()
