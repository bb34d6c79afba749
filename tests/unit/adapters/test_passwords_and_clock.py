"""Password hashes and clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from workloom.adapters.clock import SystemClock, VirtualClock
from workloom.adapters.passwords import Argon2Passwords


def test_a_password_fits_its_own_hash_only() -> None:
    passwords = Argon2Passwords(cheap=True)
    hashed = passwords.hash("open sesame")
    assert hashed.startswith("$argon2id$")
    assert passwords.fits(hashed, "open sesame")
    assert not passwords.fits(hashed, "open Sesame")


def test_a_password_costs_what_the_decision_says() -> None:
    assert Argon2Passwords().hash("open sesame").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_another_cost_stays_valid() -> None:
    assert Argon2Passwords().fits(Argon2Passwords(cheap=True).hash("open sesame"), "open sesame")


@pytest.mark.parametrize("hashed", ["", "no hash", "$argon2id$v=19$broken"])
def test_nothing_fits_an_empty_or_broken_hash(hashed: str) -> None:
    passwords = Argon2Passwords(cheap=True)
    assert not passwords.fits(hashed, "")
    assert not passwords.fits(hashed, "no hash")


def test_the_service_clock_does_not_follow_the_machines_clock() -> None:
    wall = iter([datetime(2026, 11, 20, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)])
    clock = SystemClock(lambda: next(wall))
    assert timedelta(0) <= clock.now() - datetime(2026, 11, 20, tzinfo=UTC) < timedelta(minutes=1)


def test_the_virtual_clock_never_goes_back() -> None:
    clock = VirtualClock(datetime(2026, 11, 20, tzinfo=UTC))
    clock.advance(5)
    clock.move_to(datetime(2026, 11, 19, tzinfo=UTC))
    assert clock.monotonic() == 5.0
