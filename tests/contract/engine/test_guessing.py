"""Delays after wrong passwords, kept in the store."""

from datetime import timedelta

from tests.contract.engine.office import MORNING, Office
from workloom.services.guessing import FORGOTTEN_AFTER, LONGEST_DELAY, MOST_NAMES, count_try, passed


def waits(office: Office, *seconds: float, user: str = "ann") -> list[tuple[float, float]]:
    """What tries at these instants are told: seconds to wait now, and after a failure."""
    told = []
    for second in seconds:
        with office.engine.store.transaction() as transaction:
            told.append(count_try(transaction, user, MORNING + timedelta(seconds=second)))
    return told


def test_delays_double_up_to_a_minute_and_no_further(office: Office) -> None:
    told = waits(office, *(number * LONGEST_DELAY for number in range(10)))
    assert [after for _now, after in told] == [0, 0, 2, 4, 8, 16, 32, *[LONGEST_DELAY] * 3]
    assert {now for now, _after in told} == {0}


def test_the_wait_runs_down_and_old_failures_are_forgotten(office: Office) -> None:
    waits(office, 100, 100, 100)
    assert waits(office, 101.5) == [(0.5, 0.5)]
    assert waits(office, 101 + FORGOTTEN_AFTER.total_seconds()) == [(0, 0)]


def test_a_try_that_must_wait_is_not_counted(office: Office) -> None:
    waits(office, 100, 100, 100)
    assert waits(office, 100.5, 101) == [(1.5, 1.5), (1.0, 1.0)]
    assert waits(office, 102) == [(0, 4)]


def test_a_clock_that_was_put_back_makes_nobody_wait_longer_than_the_delay(office: Office) -> None:
    waits(office, 86_400, 86_400, 86_400)
    assert waits(office, 0) == [(2.0, 2.0)]


def test_the_right_password_ends_the_counting(office: Office) -> None:
    waits(office, 100, 100)
    with office.engine.store.transaction() as transaction:
        passed(transaction, "ann")
    assert waits(office, 101, 101) == [(0, 0), (0, 0)]


def test_a_flood_of_names_does_not_fill_the_store_and_the_newest_are_kept(office: Office) -> None:
    with office.engine.store.transaction() as transaction:
        for _ in range(3):
            count_try(transaction, "first", MORNING)
        for number in range(5):
            for _ in range(3):
                count_try(transaction, f"user-{number}", MORNING + timedelta(seconds=1))
        later = MORNING + timedelta(seconds=1)
        transaction.logins.prune(later, forgotten=later - FORGOTTEN_AFTER, most=5)
        assert count_try(transaction, "first", MORNING)[0] == 0.0
        assert count_try(transaction, "user-4", later)[0] == 2.0
    assert MOST_NAMES >= 5
