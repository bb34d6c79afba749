"""A chaos run fails for what it lost, and also for what it did not do."""

import json
from pathlib import Path
from random import Random
from threading import Event
from time import monotonic
from typing import cast

import pytest

from tests.chaos.centre import faults
from tests.chaos.centre.cluster import Cluster
from tests.chaos.centre.faults import Faults
from tests.chaos.outcome import Outcome, below, stalls, stood_still, write
from tests.chaos.shifts import FLOOR, Shift, verdict


def test_a_run_below_its_floor_fails_even_if_nothing_was_lost() -> None:
    assert below({"operations": 5000, "kills": 40}, {"operations": 6000, "kills": 40}) == ()
    (problem,) = below({"operations": 5000, "kills": 40}, {"operations": 6000, "kills": 39})
    assert problem == "39 kills, expected at least 40: the run proves too little"


def test_too_few_shifts_an_idle_one_and_a_broken_promise_are_each_a_problem() -> None:
    sound = [Shift(seed, 1000, {"done": 50}, ()) for seed in range(1, FLOOR + 1)]
    assert verdict(sound, 1.0).problems == ()
    assert len(verdict(sound[1:], 1.0).problems) == 1
    assert "seed 9: 3 events" in verdict([*sound, Shift(9, 3, {}, ())], 1.0).problems[0]
    assert verdict([*sound, Shift(9, 1000, {}, ("seed 9: I2 two owners",))], 1.0).problems == ("seed 9: I2 two owners",)


def test_what_was_counted_is_written_as_json(tmp_path: Path) -> None:
    write([Outcome(part="shifts", seconds=1.0, operations=7, lost=1)], tmp_path / "counted.json")
    (found,) = json.loads((tmp_path / "counted.json").read_text())
    assert (found["operations"], found["lost"], found["doubled"], found["leaked"]) == (7, 1, 0, 0)


def test_the_longest_stall_is_the_longest_pause_between_two_answers() -> None:
    found = stalls([10.0, 13.5, 11.0, 11.5])
    assert (found.count, found.p50, found.longest) == (3, 1.0, 2.0)
    assert stalls([10.0]).count == 0


def test_a_run_in_which_all_stood_still_fails() -> None:
    assert stood_still(stalls([1.0, 31.0]), 30.0) == ()
    (problem,) = stood_still(stalls([1.0, 2.0, 32.5]), 30.0)
    assert problem == "no desktop got an answer for 30.5 s, expected 30 s at most"


class Busy:
    """What is done and killed, as a test says; a fault is one kill."""

    def __init__(self) -> None:
        self.done = 0

    def progress(self) -> tuple[int, int]:
        return self.done, 1000


def test_kills_wait_for_operations_so_that_both_come_on_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("SHORTEST", 0.001), ("LONGEST", 0.002), ("BEHIND", 0.2)):
        monkeypatch.setattr(faults, name, seconds)
    busy = Busy()
    breaking = Faults(cast("Cluster", None), [], Random(1), busy.progress, wanted=10)  # noqa: S311 - no secret
    breaking.done["kill node"] = 2
    begun = monotonic()
    assert not breaking._pause(Event())  # noqa: SLF001 - two of ten kills and nothing done: it waits
    assert monotonic() - begun >= 0.2
    busy.done = 150
    begun = monotonic()
    assert not breaking._pause(Event())  # noqa: SLF001
    assert monotonic() - begun < 0.2
