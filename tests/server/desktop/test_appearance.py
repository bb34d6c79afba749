"""The tests of the same name in `tests/shell`, at a server node."""

from tests.shell.test_appearance import *  # noqa: F403
