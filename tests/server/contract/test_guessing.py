"""The tests of the same name in `tests/contract`, on PostgreSQL."""

from tests.contract.engine.test_guessing import *  # noqa: F403
