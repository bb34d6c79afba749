"""The engine against its model: sound on a database file, and in memory with bugs that the model must notice."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contract.engine.machine import machine_on
from tests.contract.engine.machine_bugs import BUGS
from tests.contract.engine.machine_verdict import Broken
from workloom.adapters.sqlite.opening import open_store

pytestmark = pytest.mark.timeout(180)  # some seconds on a quiet machine

FLOOR = {
    "accepted": 100,
    "pulled": 100,
    "done": 25,
    "transfer-offered": 10,
    "transferred": 1,
    "offer-expired": 30,
    "reopened": 5,
}
"""Events that the examples must have seen: a machine that did nothing proves nothing."""


def test_whatever_happens_in_whatever_order_the_promises_hold(tmp_path: Path) -> None:
    folders = count()
    machine = machine_on(lambda: open_store(tmp_path / str(next(folders))))
    run_state_machine_as_test(machine, settings=settings(max_examples=60, stateful_step_count=50))
    assert {kind: machine.happened[kind] for kind, floor in FLOOR.items() if machine.happened[kind] < floor} == {}


@pytest.mark.parametrize("name", BUGS)
def test_the_machine_finds_a_bug_that_was_put_in_on_purpose(name: str) -> None:
    machine = machine_on(lambda: open_store(":memory:"), BUGS[name])
    with pytest.raises(Broken) as found:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=150, stateful_step_count=50, phases=[Phase.generate], report_multiple_bugs=False
            ),
        )
    assert found.value.promise in BUGS[name].promise


def test_ten_bugs_are_put_in_at_least() -> None:
    assert len(BUGS) >= 10
