"""Composes the simulation: the engine of every day in memory, with virtual time, counted ids and seeded chance."""

from datetime import datetime
from pathlib import Path

from workloom.adapters.clock import VirtualClock
from workloom.adapters.files.xes import logged_events
from workloom.adapters.ids import Chance, CountedIds
from workloom.bootstrap.engine import MEMORY, Engine, open_engine
from workloom.simulation.passwords import NoPasswords
from workloom.simulation.replay import beginning, replay
from workloom.simulation.report import Report
from workloom.simulation.run import run
from workloom.simulation.scenario import BEGIN, Scenario
from workloom.simulation.work_log import PREFIX, work_log


def simulate(scenario: Scenario) -> Report:
    """Run a scenario; the same one gives the same log of events, to the byte."""
    engine, clock = _engine(BEGIN, scenario.seed)
    try:
        return run(scenario, engine, clock)
    finally:
        engine.stop()


def replay_log(path: Path, *, days: float | None = None, activities: str = PREFIX) -> Report:
    """Replay a log of work in virtual time, all of it or so many days. BadInput for what cannot be read."""
    log = work_log(logged_events(path), activities)
    if days is not None:
        log = log.part(days)
    engine, clock = _engine(beginning(log), 1)
    try:
        return replay(log, path.name, engine, clock)
    finally:
        engine.stop()


def _engine(begin: datetime, seed: int) -> tuple[Engine, VirtualClock]:
    clock = VirtualClock(begin)
    return open_engine(MEMORY, clock=clock, ids=CountedIds(), randomness=Chance(seed), hasher=NoPasswords()), clock
