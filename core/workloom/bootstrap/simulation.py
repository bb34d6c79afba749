"""Composes the simulation: the engine of every day in memory, with virtual time, counted ids and seeded chance."""

from workloom.adapters.clock import VirtualClock
from workloom.adapters.ids import Chance, CountedIds
from workloom.bootstrap.engine import MEMORY, open_engine
from workloom.simulation.passwords import NoPasswords
from workloom.simulation.report import Report
from workloom.simulation.run import run
from workloom.simulation.scenario import BEGIN, Scenario


def simulate(scenario: Scenario) -> Report:
    """Run a scenario; the same one gives the same log of events, to the byte."""
    clock = VirtualClock(BEGIN)
    engine = open_engine(MEMORY, clock=clock, ids=CountedIds(), randomness=Chance(scenario.seed), hasher=NoPasswords())
    try:
        return run(scenario, engine, clock)
    finally:
        engine.stop()
