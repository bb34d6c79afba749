"""The tests of the same name in `tests/shell`, at a server node."""

from tests.shell.test_let_go import *  # noqa: F403
