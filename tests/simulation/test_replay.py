"""The same seed gives the same day, whatever the process; another seed gives another; the invariants hold."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

FLOOR = 400
"""Events that a short shift writes at least: a simulation that did nothing proves nothing."""


def shift(seed: int, hash_seed: str) -> dict[str, Any]:
    """A short shift of ten agents and a hundred items, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "workloom", "simulate", "--seed", str(seed), "--agents", "10", "--items", "100",
         "--hours", "8", "--json"],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_a_seed_replays_in_another_process_and_another_seed_does_not() -> None:
    first, again, other = shift(7, "0"), shift(7, "12345"), shift(8, "0")
    assert first == again
    assert first["sha256"] != other["sha256"]
    assert first["events"] >= FLOOR


@pytest.mark.parametrize("seed", range(20, 22))  # `./loom chaos shifts` has 200
def test_the_invariants_hold_over_a_short_shift(seed: int) -> None:
    found = shift(seed, "1")
    assert found["events"] >= FLOOR
    assert [promise["name"] for promise in found["promises"] if promise["broken"]] == []
