"""Days in the simulator: many short shifts, each from a seed of its own, and one full day."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import monotonic
from typing import Final

from msgspec import Struct

from tests.chaos.outcome import Outcome, below
from workloom.bootstrap.simulation import simulate
from workloom.simulation.scenario import Scenario

FLOOR = 200
EVENTS = 400
"""What each shift writes at least."""

PROCESSES = 2
TOLD_EACH = 500


class Shift(Struct, frozen=True):
    """One shift: its log in figures, and the promises that were broken."""

    seed: int
    events: int
    kinds: dict[str, int]
    broken: tuple[str, ...]


DAY: Final = 0
"""The seed that stands for the full day: twenty agents, two thousand items, three shifts."""


def shift(seed: int) -> Shift:
    """Simulate it: ten agents, a hundred items, eight hours."""
    short = Scenario(seed=seed, agents=10, items=100, hours=8.0)
    report = simulate(Scenario() if seed == DAY else short)
    broken = tuple(
        f"seed {seed}: {promise.name} {text}" for promise in report.promises for text in promise.examples[:1]
    )
    return Shift(seed, report.events, dict(report.kinds), broken)


def run(seeds: int) -> Outcome:
    """The shifts of seeds 1 to `seeds` and a full day, in two processes."""
    begin = monotonic()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        found = list(telling(pool.map(shift, range(DAY, seeds + 1), chunksize=5), seeds))
    return verdict(found, monotonic() - begin)


def telling(found: Iterable[Shift], seeds: int) -> Iterator[Shift]:
    """Tell how far it is: ten thousand shifts take more than an hour."""
    for number, each in enumerate(found):
        if number and number % TOLD_EACH == 0:
            print(f"{number:,} of {seeds:,} shifts …", file=sys.stderr, flush=True)
        yield each


def verdict(found: Iterable[Shift], seconds: float) -> Outcome:
    """What all shifts come to."""
    shifts = tuple(found)
    kinds: Counter[str] = Counter()
    for each in shifts:
        kinds.update(each.kinds)
    idle = tuple(
        f"seed {each.seed}: {each.events} events, expected at least {EVENTS}" for each in shifts if each.events < EVENTS
    )
    return Outcome(
        part="shifts",
        seconds=seconds,
        operations=sum(each.events for each in shifts),
        faults=kinds["agent-lost"],
        counts={"shifts": sum(each.seed != DAY for each in shifts), **kinds},
        problems=(
            *below({"shifts": FLOOR}, {"shifts": sum(each.seed != DAY for each in shifts)}),
            *idle,
            *(text for each in shifts for text in each.broken),
        ),
    )
