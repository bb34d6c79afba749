"""The tests of the same name in `tests/contract`, on PostgreSQL."""

from tests.contract.engine.test_privacy import *  # noqa: F403
