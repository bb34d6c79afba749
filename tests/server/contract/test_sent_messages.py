"""The tests of the same name in `tests/contract`, on PostgreSQL."""

from tests.contract.capture.test_sent_messages import *  # noqa: F403
