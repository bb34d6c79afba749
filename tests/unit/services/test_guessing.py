"""Delays after wrong passwords."""

from workloom.services.guessing import FORGOTTEN_AFTER, LONGEST_DELAY, MOST_NAMES, Guesses


def test_delays_double_up_to_a_minute_and_no_further() -> None:
    guesses = Guesses()
    delays = [guesses.failed("ann", now=float(number)) for number in range(12)]
    assert delays == [0, 0, 2, 4, 8, 16, 32, *[LONGEST_DELAY] * 5]


def test_the_wait_runs_down_and_old_failures_are_forgotten() -> None:
    guesses = Guesses()
    for _ in range(3):
        guesses.failed("ann", now=100.0)
    assert guesses.wait("ann", now=101.5) == 0.5
    assert guesses.wait("ann", now=103.0) == 0.0
    assert guesses.failed("ann", now=101.0 + FORGOTTEN_AFTER) == 0.0


def test_a_flood_of_names_does_not_fill_the_memory_and_the_newest_are_kept() -> None:
    guesses = Guesses()
    for number in range(MOST_NAMES + 10):
        for _ in range(3):
            guesses.failed(f"user-{number}", now=1.0)
    assert guesses.wait("user-0", now=1.0) == 0.0
    assert guesses.wait(f"user-{MOST_NAMES + 9}", now=1.0) == 2.0
