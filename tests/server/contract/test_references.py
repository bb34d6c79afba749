"""The tests of the same name in `tests/contract`, on PostgreSQL and through nodes."""

from tests.contract.engine.test_references import *  # noqa: F403
