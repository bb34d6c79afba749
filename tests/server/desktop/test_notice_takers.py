"""The tests of the same name in `tests/shell`, at a server node."""

from tests.shell.test_notice_takers import *  # noqa: F403
