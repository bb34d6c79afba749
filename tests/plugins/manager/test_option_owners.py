"""An option that several plugins declare belongs to who was accepted first, whatever is installed later."""

from itertools import permutations
from pathlib import Path

import pytest

from tests.plugins.manager.making import Yard
from workloom.plugin_manager.discovery import OWN, Candidate, read_all
from workloom.plugin_manager.option_owners import FILE, owners_of

DECLARES = '[[option]]\nname = "colour"\ntype = "text"\ndefault = ""\nmeaning = "A colour."\n'


def states(yard: Yard, *disabled: str) -> dict[str, str]:
    """How the plugins fare at a start, by id."""
    manager = yard.manager(*disabled, folder=yard.folder / "data")
    yard.open(manager)
    return {info.id: info.state.value for info in manager.infos()}


def test_a_plugin_that_is_installed_later_puts_no_earlier_one_out_though_it_comes_before_it(yard: Yard) -> None:
    yard.add("old", manifest=DECLARES)
    assert states(yard) == {"old": "running"}
    yard.add("new", manifest=f"order = 1\n{DECLARES}")
    assert states(yard) == {"old": "running", "new": "refused"}
    manager = yard.manager(folder=yard.folder / "data")
    (reason,) = [info.reason for info in manager.infos() if info.id == "new"]
    assert "the plugin “old” declares the option “colour” already. Take the declaration out" in reason


def test_of_two_that_come_at_once_the_first_in_order_has_it_however_they_are_found(yard: Yard) -> None:
    candidates = [yard.add("a", manifest=f"order = 2\n{DECLARES}"), yard.add("b", manifest=f"order = 1\n{DECLARES}")]
    candidates.append(yard.add("c", manifest=f"order = 3\n{DECLARES}"))
    for found in permutations(candidates):
        assert owners_of(read_all(found), (), {})["colour"] == "b"
        assert owners_of(read_all(found), (), {"colour": "c"})["colour"] == "c"
        assert owners_of(read_all(found), ("c",), {"colour": "c"})["colour"] == "c", "off, it keeps it"
        assert owners_of(read_all(found), ("b",), {})["colour"] == "a"


def test_who_had_it_and_is_off_keeps_it_and_who_is_gone_does_not(yard: Yard) -> None:
    old = yard.add("old", manifest=DECLARES)
    states(yard)
    yard.add("new", manifest=DECLARES)
    assert states(yard, "old") == {"new": "refused", "old": "off"}
    yard.candidates.remove(old)
    assert states(yard) == {"new": "running"}
    yard.candidates.append(old)
    assert states(yard) == {"new": "running", "old": "refused"}


def test_a_plugin_that_comes_with_workloom_has_it_whoever_had_it(yard: Yard) -> None:
    yard.add("partner", manifest=DECLARES)
    states(yard)
    ours = yard.add("ours", manifest=DECLARES)
    yard.candidates[-1] = Candidate(ours.name, ours.package, OWN)
    assert states(yard) == {"ours": "running", "partner": "refused"}


def test_a_plugin_that_is_started_while_the_desktop_runs_has_it_from_then_on(yard: Yard) -> None:
    yard.add("first", manifest=DECLARES)
    manager = yard.manager("first", folder=yard.folder / "data")
    yard.open(manager)
    manager.enable("first")
    yard.add("before", manifest=f"order = 1\n{DECLARES}")
    assert states(yard) == {"first": "running", "before": "refused"}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"colour": 5}'])
def test_a_file_that_cannot_be_read_leaves_it_to_the_order(yard: Yard, text: str) -> None:
    yard.add("a", manifest=DECLARES)
    yard.add("b", manifest=DECLARES)
    (yard.folder / "data").mkdir()
    (yard.folder / "data" / FILE).write_text(text, "utf-8")
    assert states(yard) == {"a": "running", "b": "refused"}


def test_looking_writes_nothing_and_a_file_that_cannot_be_written_stops_nobody(yard: Yard, tmp_path: Path) -> None:
    yard.add("a", manifest=DECLARES)
    yard.manager(folder=tmp_path / "looked-at").infos()
    assert not (tmp_path / "looked-at").exists()
    (tmp_path / "data" / FILE).mkdir(parents=True)
    manager = yard.manager(folder=tmp_path / "data")
    yard.open(manager)
    assert [info.state.value for info in manager.infos()] == ["running"]
