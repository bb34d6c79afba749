"""The tests of the shell, on a desktop that works on a node."""

# ruff: noqa: F403
from tests.shell.test_desk import *
from tests.shell.test_main_job import *
