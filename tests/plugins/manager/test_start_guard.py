"""A plugin that ends the process at start is not started the next time; what is off stays off; safe mode."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.plugins.manager.making import ONE_ACTION, Yard
from workloom.cli import main
from workloom.domain.errors import BadInput
from workloom.plugin_manager.discovery import OWN, Candidate
from workloom.plugin_manager.kept_states import FILE
from workloom.plugin_manager.start_guard import FILE as RECORD
from workloom.plugin_manager.watchdog import Hang

PROGRAM = """
import sys
from pathlib import Path
from tests.plugins.manager.making import Yard
from workloom.plugin_manager.discovery import Candidate

folder, *ids = sys.argv[1:]
sys.path.insert(0, folder)
yard = Yard(Path(folder))
yard.candidates = [Candidate(id_, yard.package(id_)) for id_ in ids]
manager = yard.manager(folder=Path(folder) / "data")
yard.open(manager)
print(yard.actions())
"""
KILLED = """
import os, signal

class Plugin:
    @hook
    def session_started(self, context):
        os.kill(os.getpid(), signal.SIGKILL)
"""
FAR = "2026-03-02T09:00:00Z"


def start(yard: Yard) -> subprocess.CompletedProcess[str]:
    """Start the plugins of the yard for an agent, in a process of its own."""
    ids = [candidate.name for candidate in yard.candidates]
    command = [sys.executable, "-c", PROGRAM, str(yard.folder), *ids]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("import os\nos._exit(3)\nclass Plugin: ...", "import"),
        ("class Plugin:\n    def __init__(self):\n        import os\n        os._exit(3)\n", "start"),
        (ONE_ACTION.replace("return [", "__import__('os')._exit(3); return ["), "hook actions"),
        (KILLED, "hook session_started"),
    ],
)
def test_a_plugin_that_ends_the_process_at_start_is_paused_and_the_second_start_works(
    yard: Yard, code: str, where: str
) -> None:
    yard.add("good", manifest="order = 1\n")
    yard.add("hostile", code)
    yard.add("more", manifest="order = 900\n")
    first = start(yard)
    assert first.returncode in (3, -signal.SIGKILL)
    second = start(yard)
    assert (second.returncode, second.stdout.strip()) == (0, "['good.act', 'more.act']")
    third = yard.manager(folder=yard.folder / "data")
    hostile = next(info for info in third.infos() if info.id == "hostile")
    assert hostile.state == "paused"
    assert f"The desktop ended on 02 March 2026, 09:00:00 while the plugin was in “{where}”" in hostile.reason
    assert "workloom plugin enable hostile" in hostile.reason
    assert not (yard.folder / "data" / RECORD).exists()


def test_another_version_of_a_paused_plugin_is_tried_again(yard: Yard, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    yard.add("acme")
    (folder / RECORD).write_text(
        f'{{"plugin": "acme", "where": "import", "at": "{FAR}", "process": {2**22 + 1}}}', "utf-8"
    )
    assert [info.state for info in yard.manager(folder=folder).infos()] == ["paused"]
    manifest = yard.folder / yard.package("acme") / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('"1.0"', '"1.1"'), "utf-8")
    assert [info.state for info in yard.manager(folder=folder).infos()] == ["ready"]


def test_a_start_that_goes_well_leaves_nothing_behind(yard: Yard, tmp_path: Path) -> None:
    yard.add("acme")
    manager = yard.manager(folder=tmp_path / "data")
    yard.open(manager)
    manager.disable("acme")
    manager.enable("acme")
    assert list((tmp_path / "data").iterdir()) == []


def test_the_record_stands_until_the_window_has_been_shown(yard: Yard, tmp_path: Path) -> None:
    yard.add("acme")
    folder, later = tmp_path / "data", []  # type: ignore[var-annotated]
    manager = yard.manager(folder=folder, soon=later.append)
    yard.open(manager)
    assert (folder / RECORD).exists()
    within = manager.guard.call("acme", "view acme.view", (folder / RECORD).read_text, "utf-8")
    assert '"where":"view acme.view"' in str(within)
    assert '"plugin":""' in (folder / RECORD).read_text("utf-8"), "between two calls it is nobody's"
    later.pop()()
    assert not (folder / RECORD).exists()
    manager.guard.call("acme", "view acme.view", list)
    assert not (folder / RECORD).exists()


def test_a_plugin_that_is_stuck_is_on_record_until_it_returns(yard: Yard, tmp_path: Path) -> None:
    yard.add("acme")
    folder = tmp_path / "data"
    manager = yard.manager(folder=folder)
    yard.open(manager)
    hang = Hang(plugin="acme", seconds=5.0, trace="PluginHang: it held up the window for 5.0 s", stuck=True)
    manager.unguarded.hung(hang)
    assert '"plugin":"acme"' in (folder / RECORD).read_text("utf-8")
    manager.unguarded.free()
    assert not (folder / RECORD).exists()


def test_what_is_switched_off_stays_off_until_it_is_switched_on(yard: Yard, tmp_path: Path) -> None:
    yard.add("acme")
    yard.add("other")
    folder = tmp_path / "data"
    manager = yard.manager(folder=folder)
    yard.open(manager)
    manager.inspector.stop_plugin("acme")
    assert yard.actions() == ["other.act"]
    text = (folder / FILE).read_text("utf-8")
    (folder / FILE).write_text(text + "# mine\n", "utf-8")
    other, acme = yard.manager(folder=folder).infos()
    assert (other.state, acme.state) == ("ready", "off")
    assert acme.reason == f"It is switched off in {folder / FILE}."
    manager.inspector.start_plugin("acme")
    assert [info.state for info in yard.manager(folder=folder).infos()] == ["ready", "ready"]
    assert (folder / FILE).read_text("utf-8").endswith("# mine\n")


def test_a_file_of_states_that_cannot_be_read_is_named_with_what_to_do(yard: Yard, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("of = []\n", "utf-8")
    with pytest.raises(BadInput, match=r"plugins\.toml: .*`of`.*mend the file or remove it"):
        yard.manager(folder=tmp_path)


def test_safe_mode_starts_only_what_comes_with_workloom(yard: Yard) -> None:
    yard.add("acme")
    own = yard.add("own")
    yard.candidates[-1] = Candidate(own.name, own.package, OWN)
    manager = yard.manager(safe=True)
    yard.open(manager)
    assert yard.actions() == ["own.act"]
    acme = manager.infos()[-1]
    assert (acme.state, acme.reason.split(",")[0]) == ("off", "The desktop was started in safe mode")


def test_the_commands_write_the_state_and_say_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    data = ["--data", str(tmp_path)]
    assert main(["plugin", "disable", "workitem", *data]) == 0
    assert capsys.readouterr().out.startswith("workitem is off from the next start of the desktop on")
    assert main(["plugin", "list", *data]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("workitem ")]
    assert line.split()[2] == "off"
    assert main(["plugin", "enable", "workitem", *data]) == 0
    assert main(["plugin", "disable", "workitm", *data]) == 1
    assert "Did you mean “workitem”?" in capsys.readouterr().err
    assert main(["plugin", "info", "workitem", *data]) == 0
    assert "ready" in capsys.readouterr().out
