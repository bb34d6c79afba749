"""The tests of the same name in `tests/contract`, on PostgreSQL and through nodes."""

from tests.contract.test_rows_agree_with_moves import *  # noqa: F403
