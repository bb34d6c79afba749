"""The tests of the same name in `tests/contract`, on PostgreSQL and through nodes."""

from tests.contract.engine.test_option_setting import *  # noqa: F403
