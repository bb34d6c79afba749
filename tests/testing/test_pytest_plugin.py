"""What pytest is told of Workloom."""

import subprocess
import sys
from importlib import import_module
from importlib.machinery import SourceFileLoader
from importlib.metadata import entry_points

from _pytest.assertion.rewrite import AssertionRewritingHook


def test_what_is_tested_is_what_runs_and_only_the_test_kit_says_more_of_its_asserts() -> None:
    """On Python 3.11 pytest cannot rewrite a module while another thread parses; the desktop imports on several."""
    for name in ("workloom.wire.codec", "workloom.services.directory", "workloom.domain.site"):
        assert isinstance(import_module(name).__loader__, SourceFileLoader)
    assert isinstance(import_module("workloom.testing.conformance").__loader__, AssertionRewritingHook)


def test_pytest_finds_the_plugin_without_any_other_part_of_workloom() -> None:
    """Who has Workloom installed pays nothing for tests that need none of it."""
    (found,) = entry_points(group="pytest11", name="workloom")
    said = f"import sys, {found.module}; print(*(name for name in sys.modules if name.startswith('workloom')))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["workloom", found.module]
