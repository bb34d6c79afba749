"""A chaos run fails for what it lost, and also for what it did not do."""

import json
from pathlib import Path

from tests.chaos.outcome import Outcome, below, write
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
