"""The plugin that breaks something is found by halving, whichever it is, and all plugins are on again afterwards."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workloom.cli import main
from workloom.domain.errors import BadInput
from workloom.plugin_manager.halving import Halving


@given(st.integers(1, 40), st.data())
def test_every_culprit_is_found_in_as_many_rounds_as_it_said(number: int, data: st.DataObject) -> None:
    plugins = tuple(f"p{place}" for place in range(number))
    culprit = data.draw(st.integers(0, number), "first so many plugins with which it breaks")
    halving, rounds, most = Halving.of(plugins), 0, Halving.of(plugins).rounds
    while not halving.is_over:
        assert set(halving.on) | set(halving.off) == set(plugins)
        halving, rounds = halving.told(good=len(halving.on) < culprit), rounds + 1
    assert halving.found == (plugins[culprit - 1] if culprit else "")
    assert rounds <= most == number.bit_length()


def test_without_plugins_there_is_nothing_to_halve() -> None:
    with pytest.raises(BadInput, match="only those that come with Workloom"):
        Halving.of(())


def test_the_command_switches_plugins_for_the_next_start_and_names_the_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def do(*words: str) -> str:
        assert main(["plugin", *words, "--data", str(tmp_path)]) == 0
        return capsys.readouterr().out

    def on() -> set[str]:
        lines = [line.split() for line in do("list").splitlines() if not line.startswith(" ")]
        return {line[0] for line in lines if line[2] == "ready"}

    do("disable", "branding")
    before = on()
    assert {"claims_vertical", "hello_panel", "workitem"} < before
    said = do("bisect", "start")
    for _round in range(10):
        if "hello_panel" in said.partition("begins to break")[2]:
            break
        assert "workitem" in on()
        assert on() < before
        said = do("bisect", "bad" if "hello_panel" in on() else "good")
    assert "It begins to break with the plugin hello_panel." in said
    assert on() == before
    assert not (tmp_path / "plugins-bisect.json").exists()


def test_a_step_that_does_not_come_now_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(tmp_path)]
    assert main(["plugin", "bisect", "good", *data]) == 1
    assert "Begin with: workloom plugin bisect start" in capsys.readouterr().err
    assert main(["plugin", "bisect", "start", *data]) == 0
    assert main(["plugin", "bisect", "start", *data]) == 1
    assert "A search is under way." in capsys.readouterr().err
    assert main(["plugin", "bisect", "stop", *data]) == 0
    assert main(["plugin", "list", *data]) == 0
    assert "switched off" not in capsys.readouterr().out
