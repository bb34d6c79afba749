"""The suite for channels fails on a channel that breaks any of its clauses."""

from pathlib import Path
from textwrap import dedent

import pytest

pytest_plugins = ("pytester",)

GOOD = "ToastContent(title='Parcel', heading='Somebody', line=row.item.subject)"
WAYS = {
    "fails without data": f"row.item.attached['Weight']; return {GOOD}",
    "has no title": "return ToastContent(title='', heading='Somebody', line=row.item.subject)",
    "interprets markup": "return ToastContent(title='Parcel', heading='Somebody', line='Something')",
    "takes its time": f"time.sleep(1.2); return {GOOD}",
    "answers otherwise each time": f"NUMBERS.append(1); return replace({GOOD}, origin=str(len(NUMBERS)))",
    "presents nothing": "return None",
    "fails": "raise ValueError",
}
FAILS = {
    "fails without data": "test_an_item_that_says_nothing_of_itself_is_presented",
    "has no title": "test_an_item_that_says_nothing_of_itself_is_presented",
    "interprets markup": "test_long_texts_and_markup_are_presented_as_they_are_and_in_time",
    "takes its time": "test_long_texts_and_markup_are_presented_as_they_are_and_in_time",
    "answers otherwise each time": "test_the_same_offer_is_presented_alike_on_any_thread",
    "presents nothing": "test_the_channel_of_this_plugin_presents_the_offer_and_it_can_be_taken",
    "fails": "test_the_channel_of_this_plugin_presents_the_offer_and_it_can_be_taken",
}
TESTS = """
from workloom.testing.conformance import ChannelConformance


class TestParcels(ChannelConformance):
    plugin = "parcels"
    media_type = "parcel"
    attached = {"Weight": 3}
"""


def write(folder: Path, does: str) -> None:
    """A distribution with a channel, and the suite on it."""
    package = folder / "parcels"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    code = f"""
    import time

    from msgspec.structs import replace

    from workloom.api import *

    NUMBERS = []


    def present(row):
        {does}


    class Parcels:
        @hook
        def channels(self, context):
            return (Channel(id="parcels.channel", present=present),)
    """
    (package / "plugin.py").write_text(dedent(code), "utf-8")
    manifest = 'id = "parcels"\nname = "Parcels"\nversion = "1"\napi-level = 1\ndesktop = "parcels.plugin:Parcels"\n'
    channel = '[[channel]]\nid = "parcels.channel"\nmedia-types = ["parcel"]\norder = 100\n'
    (package / "plugin.toml").write_text(manifest + channel, "utf-8")
    project = '[project.entry-points."workloom.plugins"]\nparcels = "parcels"\n'
    options = '[tool.pytest.ini_options]\npythonpath = ["."]\nqt_api = "pyqt6"\n'
    (folder / "pyproject.toml").write_text(project + options, "utf-8")
    (folder / "test_parcels.py").write_text(TESTS, "utf-8")


@pytest.mark.parametrize("how", ["", *WAYS])
def test_a_channel_that_breaks_a_clause_does_not_pass(pytester: pytest.Pytester, how: str) -> None:
    write(pytester.path, WAYS[how] if how else f"return {GOOD}")
    only = ["-k", FAILS[how]] if how else []
    ended = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", *only, timeout=55)
    counts = ended.parseoutcomes()
    if how:
        assert counts.get("failed", 0) == 1, ended.stdout.str()
    else:
        assert counts == {"passed": 4}, ended.stdout.str()


def test_each_test_of_the_suite_is_shown_to_fail() -> None:
    from workloom.testing.conformance import ChannelConformance

    assert {name for name in vars(ChannelConformance) if name.startswith("test_")} == set(FAILS.values())
