"""The suite for channels fails on a channel that breaks any of its clauses."""

import re
from pathlib import Path

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
import pytest

from workloom.testing.conformance import ChannelConformance


class Parcels(ChannelConformance):
    plugin = "parcels"
    media_type = "parcel"
    attached = {"Weight": 3}
    how = ""

    @pytest.fixture(autouse=True)
    def channel(self, monkeypatch):
        monkeypatch.setenv("PARCELS", self.how)


class TestGood(Parcels):
    pass
"""
A_WAY = """

class Test{number}(Parcels):
    how = {how!r}
"""
CODE = """
import os
import time

from msgspec.structs import replace

from workloom.api import *

NUMBERS = []


def present(row):
    return globals()["present_" + os.environ["PARCELS"].replace(" ", "_")](row)


class Parcels:
    @hook
    def channels(self, context):
        return (Channel(id="parcels.channel", present=present),)
"""
A_FUNCTION = """

def present_{name}(row):
    {does}
"""


def write(folder: Path) -> None:
    """A distribution with a channel that can be broken in each way, and the suite on each."""
    package = folder / "parcels"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    functions = (
        A_FUNCTION.format(name=how.replace(" ", "_"), does=does) for how, does in {"": f"return {GOOD}", **WAYS}.items()
    )
    (package / "plugin.py").write_text(CODE + "".join(functions), "utf-8")
    manifest = 'id = "parcels"\nname = "Parcels"\nversion = "1"\napi-level = 1\ndesktop = "parcels.plugin:Parcels"\n'
    channel = '[[channel]]\nid = "parcels.channel"\nmedia-types = ["parcel"]\norder = 100\n'
    (package / "plugin.toml").write_text(manifest + channel, "utf-8")
    project = '[project.entry-points."workloom.plugins"]\nparcels = "parcels"\n'
    options = '[tool.pytest.ini_options]\npythonpath = ["."]\nqt_api = "pyqt6"\n'
    (folder / "pyproject.toml").write_text(project + options, "utf-8")
    ways = (A_WAY.format(number=number, how=how) for number, how in enumerate(WAYS))
    (folder / "test_parcels.py").write_text(TESTS + "".join(ways), "utf-8")


@pytest.mark.timeout(180)
def test_a_channel_that_breaks_a_clause_does_not_pass(pytester: pytest.Pytester) -> None:
    write(pytester.path)
    broken = [f"test_parcels.py::Test{number}::{FAILS[how]}" for number, how in enumerate(WAYS)]
    ended = pytester.runpytest_subprocess(
        "-v", "-p", "no:cacheprovider", "test_parcels.py::TestGood", *broken, timeout=170
    )
    found = dict(re.findall(r"^(test_parcels\S+) (PASSED|FAILED|ERROR)", ended.stdout.str(), re.MULTILINE))
    good = {f"test_parcels.py::TestGood::{test}": "PASSED" for test in FAILS.values()}
    assert found == {**good, **dict.fromkeys(broken, "FAILED")}, ended.stdout.str()


def test_each_test_of_the_suite_is_shown_to_fail() -> None:
    from workloom.testing.conformance import ChannelConformance

    assert {name for name in vars(ChannelConformance) if name.startswith("test_")} == set(FAILS.values())
