"""The tests of the same name in `tests/contract`, on PostgreSQL."""

from tests.contract.configuration.test_administration import *  # noqa: F403
