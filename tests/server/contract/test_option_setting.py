"""The tests of the same name in `tests/contract`, on PostgreSQL."""

from tests.contract.engine.test_option_setting import *  # noqa: F403
