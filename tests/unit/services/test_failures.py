"""A failure that comes each second is said once, then how often, and when it is over."""

import logging

import pytest

from workloom.services.failures import Failures

LOG = logging.getLogger("tests.failures")


def test_a_lasting_failure_is_said_once_and_then_after_ten_times_as_many(caplog: pytest.LogCaptureFixture) -> None:
    failures = Failures(LOG, "The dispatcher")
    for _second in range(1_000):
        failures.failed(OSError("The disk is full."))
    assert [record.getMessage() for record in caplog.records] == [
        "The dispatcher has failed and tries again: The disk is full.",
        "The dispatcher has failed 10 times in a row: The disk is full.",
        "The dispatcher has failed 100 times in a row: The disk is full.",
        "The dispatcher has failed 1,000 times in a row: The disk is full.",
    ]


def test_another_failure_and_the_end_are_said_at_once(caplog: pytest.LogCaptureFixture) -> None:
    failures = Failures(LOG, "The dispatcher")
    failures.succeeded()
    for error in (OSError("full"), OSError("full"), OSError("away")):
        failures.failed(error)
    failures.succeeded()
    failures.succeeded()
    failures.failed(OSError("full"))
    assert [record.getMessage() for record in caplog.records] == [
        "The dispatcher has failed and tries again: full",
        "The dispatcher has failed and tries again: away",
        "The dispatcher works again. It had failed once.",
        "The dispatcher has failed and tries again: full",
    ]


def test_what_nobody_foresaw_is_said_with_the_way_to_it_once(caplog: pytest.LogCaptureFixture) -> None:
    failures = Failures(LOG, "The dispatcher")
    for _second in range(3):
        failures.failed(KeyError("queue"), trace=True)
    (record,) = caplog.records
    assert record.getMessage() == "The dispatcher has failed and tries again: KeyError: 'queue'"
    assert record.exc_info is not None
