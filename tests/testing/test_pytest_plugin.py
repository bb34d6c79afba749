"""What pytest is told of Workloom."""

from importlib import import_module
from importlib.machinery import SourceFileLoader

from _pytest.assertion.rewrite import AssertionRewritingHook


def test_what_is_tested_is_what_runs_and_only_the_test_kit_says_more_of_its_asserts() -> None:
    """On Python 3.11 pytest cannot rewrite a module while another thread parses; the desktop imports on several."""
    assert isinstance(import_module("workloom.wire.codec").__loader__, SourceFileLoader)
    assert isinstance(import_module("workloom.testing.conformance").__loader__, AssertionRewritingHook)
