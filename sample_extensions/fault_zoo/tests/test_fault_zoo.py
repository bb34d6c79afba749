"""Whatever a plugin of the zoo does, the agent works on, and the plugin is named."""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_zoo.places import install
from fault_zoo.ways import WAYS

from workloom.testing import Office, plugins_of
from workloom.testing.desktop import HeadlessDesktop

HERE = Path(__file__).parents[1]


@pytest.fixture
def plugins_under_test(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[object, ...]]:
    """The plugins that the test names with `zoo(way, *places)`, written to a folder."""
    way, *places = request.node.get_closest_marker("zoo").args
    folder = tmp_path / "zoo"
    folder.mkdir()
    install(folder, WAYS[way], places)
    points = "".join(f'{place} = "{place}_hostile"\n' for place in places)
    (folder / "pyproject.toml").write_text(f'[project.entry-points."workloom.plugins"]\n{points}', "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    importlib.invalidate_caches()
    yield plugins_of(folder)
    for name in [name for name in sys.modules if name.partition(".")[0].endswith("_hostile")]:
        del sys.modules[name]


@pytest.mark.zoo("raise", "made", "read", "told", "stated", "imported")
def test_errors_are_contained_and_named_and_an_item_is_finished(office: Office, desktop: HeadlessDesktop) -> None:
    agent = desktop.log_in("ann")
    office.submit()
    item = agent.accept()
    agent.press("Ctrl+Return")
    agent.until("the end of the item", lambda: office.item(item).is_finished)
    wanted = {"made", "read", "told", "stated", "imported"}
    agent.until("all faults", lambda: wanted <= {fault.plugin for fault in desktop.faults()})


@pytest.mark.zoo("exit", "timed", "threaded", "constructed")
def test_sys_exit_ends_nothing(office: Office, desktop: HeadlessDesktop) -> None:
    agent = desktop.log_in("ann")
    agent.until("the faults", lambda: {"timed", "threaded", "constructed"} <= {one.plugin for one in desktop.faults()})
    office.submit()
    assert office.item(agent.accept()).assigned_to == "ann"


@pytest.mark.zoo("hang", "made")
def test_a_loop_without_end_is_broken_off_and_named(office: Office, desktop: HeadlessDesktop) -> None:
    agent = desktop.log_in("ann")
    agent.until("the fault", lambda: ("made", "PluginHang") in {(one.plugin, one.error) for one in desktop.faults()})
    office.submit()
    assert office.item(agent.accept()).assigned_to == "ann"


@pytest.mark.zoo("leak", "told", "acted")
def test_what_a_plugin_keeps_after_its_end_is_told(office: Office, desktop: HeadlessDesktop) -> None:
    agent = desktop.log_in("ann")
    office.submit()
    agent.accept()
    agent.run("acted.act")
    desktop.plugins.disable("acted")
    assert desktop.faults() == ()
    assert [info.state for info in desktop.plugins.infos() if info.id == "acted"] == ["off"]


def test_the_command_writes_plugins_that_are_found(tmp_path: Path) -> None:
    zoo = tmp_path / "a" / "zoo"
    command = [sys.executable, "-m", "fault_zoo", str(zoo), "--fails", "exit", "--places", "made", "read"]
    subprocess.run(command, check=True, cwd=HERE, timeout=30)
    assert {path.name for path in zoo.glob("*_hostile")} == {"made_hostile", "read_hostile"}
    assert "sys.exit(3)" in (zoo / "made_hostile" / "plugin.py").read_text("utf-8")
    again = subprocess.run(command, check=False, cwd=HERE, timeout=30, capture_output=True, text=True)
    assert again.returncode == 2
    assert f"expected a new or empty folder, found files in {zoo}" in again.stderr
