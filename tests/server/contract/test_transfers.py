"""The tests of the same name in `tests/contract`, on PostgreSQL and through nodes."""

from tests.contract.engine.test_transfers import *  # noqa: F403
