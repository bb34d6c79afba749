"""The tests of the same name in `tests/contract`, on PostgreSQL and through nodes."""

from tests.contract.test_contacts import *  # noqa: F403
