"""The engine on PostgreSQL against its model: sound, and with bugs that the model must notice there as well."""

from collections.abc import Callable

import psycopg
import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg import sql

from tests.contract.engine.machine import machine_on
from tests.contract.engine.machine_bugs import BUGS
from tests.contract.engine.machine_verdict import Broken
from workloom.adapters.postgres.store import PostgresStore
from workloom.services.ports import Store

pytestmark = pytest.mark.timeout(300)  # about 20 s on a quiet machine

FLOOR = {"accepted": 30, "pulled": 20, "done": 10, "transferred": 2, "offer-expired": 5}
"""Events that the examples must have seen."""

TEN = (
    "no fence is checked",
    "the router offers what it read before",
    "an offer is accepted that was withdrawn or is somebody else's",
    "who has left a group is still offered its work",
    "idempotency keys are forgotten",
    "the timer of offers is lost",
    "dead desktops are not noticed",
    "capacity is ignored",
    "done leaves no audit row",
    "a change is logged and not made",
)


@pytest.fixture
def opened(database: str) -> Callable[[], Store]:
    """Opens a store on the database, which is emptied first."""

    def empty() -> Store:
        with psycopg.connect(database, autocommit=True) as connection:
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migration'"
            )
            names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found)
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
        return PostgresStore(database)

    return empty


def test_whatever_happens_in_whatever_order_the_promises_hold(opened: Callable[[], Store]) -> None:
    machine = machine_on(opened)
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=50))
    assert {kind: machine.happened[kind] for kind, floor in FLOOR.items() if machine.happened[kind] < floor} == {}


@pytest.mark.parametrize("name", TEN)
def test_the_machine_finds_a_bug_that_was_put_in_on_purpose(opened: Callable[[], Store], name: str) -> None:
    machine = machine_on(opened, BUGS[name])
    quick = settings(max_examples=150, stateful_step_count=50, phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.raises(Broken) as found:
        run_state_machine_as_test(machine, settings=quick)
    assert found.value.promise in BUGS[name].promise
