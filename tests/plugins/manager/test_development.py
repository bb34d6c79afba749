"""Working on a plugin: it is reloaded when a file changes, errors are shown, and calls are written to a file."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.plugins.manager.making import ONE_ACTION, Yard
from workloom.api.contributions import Notice
from workloom.bootstrap.development import DevelopedPlugins, TraceFile
from workloom.cli import main
from workloom.plugin_manager.manager import PluginManager


class Worker:
    """Somebody who works on a plugin of the yard."""

    def __init__(self, yard: Yard, id_: str) -> None:
        self.folder = yard.folder / yard.package(id_)
        self.told: list[Notice] = []
        (candidate,) = [one for one in yard.candidates if one.name == id_]
        self.plugins = DevelopedPlugins([candidate], self.told.append)

    def write(self, code: str, manager: PluginManager, file: str = "plugin.py") -> str:
        """Save a file; what the desktop says of it."""
        (self.folder / file).write_text(code, "utf-8")
        self.plugins.look(manager)
        return self.told[-1].title + " " + self.told[-1].text


def head(code: str) -> str:
    """A module with this code."""
    return "from workloom.api import *\n" + code


def test_a_plugin_is_reloaded_when_a_file_changes_with_what_requires_it(yard: Yard) -> None:
    yard.add("acme", ONE_ACTION)
    yard.add("more", manifest='requires = ["acme"]\n')
    manager = yard.manager()
    yard.open(manager)
    worker = Worker(yard, "acme")
    worker.plugins.look(manager)
    assert worker.told == []
    said = worker.write(head(ONE_ACTION.replace("run=print", 'run=print, icon="phone"')), manager)
    assert said == "acme was reloaded "
    entry = yard.registries.action("acme.act")
    assert entry is not None
    assert entry.what.icon == "phone"
    assert yard.actions() == ["acme.act", "more.act"]
    assert manager.leaks() == ()


def test_an_error_is_shown_and_the_next_change_is_tried(yard: Yard) -> None:
    yard.add("acme", ONE_ACTION)
    yard.add("other")
    manager = yard.manager()
    yard.open(manager)
    worker = Worker(yard, "acme")
    assert "acme cannot be reloaded It failed in its import: SyntaxError" in worker.write("class Plugin(", manager)
    assert yard.actions() == ["other.act"]
    manifest = (worker.folder / "plugin.toml").read_text("utf-8")
    assert "cannot be reloaded" in worker.write(manifest.replace("name", "nam", 1), manager, "plugin.toml")
    assert "there is no such key" in worker.told[-1].text or "is missing" in worker.told[-1].text
    worker.write(manifest, manager, "plugin.toml")
    assert worker.write(head(ONE_ACTION + "    x = 1\n"), manager) == "acme was reloaded "
    assert yard.actions() == ["acme.act", "other.act"]


def test_what_fails_after_a_reload_is_said_in_its_place_with_file_and_line(yard: Yard) -> None:
    """A hook imports what it needs when it is called, as those of a new plugin do."""
    yard.add("acme", ONE_ACTION)
    manager = yard.manager()
    yard.open(manager)
    worker = Worker(yard, "acme")
    (worker.folder / "content.py").write_text("def content(:\n", "utf-8")
    package = worker.folder.name
    lazy = ONE_ACTION.replace("        return [", f"        import {package}.content\n        return [")
    said = worker.write(head(lazy), manager)
    assert said.startswith("acme was reloaded and failed SyntaxError in hook actions: ")
    assert "content.py, line 1" in said
    assert worker.write("def content(): ...\n", manager, "content.py") == "acme was reloaded "
    assert yard.actions() == ["acme.act"]


def test_the_trace_of_a_desktop_is_a_file_that_the_command_sums_up(
    yard: Yard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    yard.add("acme", ONE_ACTION)
    manager = yard.manager()
    file = tmp_path / "trace.jsonl"
    trace = TraceFile(file)
    trace.write(manager.inspector)
    yard.open(manager)
    trace.write(manager.inspector)
    manager.guard.call("acme", "action acme.act", list)
    manager.guard.call("acme", "action acme.act", lambda: 1 / 0)
    trace.write(manager.inspector)
    trace.write(manager.inspector)
    assert main(["plugin", "trace", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line.split() for line in lines if line.endswith("action acme.act")]
    assert row[:2] == ["acme", "2"]
    assert main(["plugin", "trace", str(file), "--follow", "0.1"]) == 0
    assert "action acme.act  failed" in capsys.readouterr().out
    file.write_text("x\n", "utf-8")
    assert main(["plugin", "trace", str(file)]) == 1
    assert ":1: this is no call of a trace" in capsys.readouterr().err


def test_a_bundle_is_written_without_a_desktop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "support.zip"
    assert main(["plugin", "bundle", str(file), "--data", str(tmp_path / "data")]) == 0
    assert "is written" in capsys.readouterr().out
    with ZipFile(file) as bundle:
        assert "manifests/workloom_workitem.toml" in bundle.namelist()
    assert not (tmp_path / "data").exists()


def test_faults_of_a_desktop_that_never_ran_or_wrote_nonsense_are_named_with_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plugin", "faults", "--data", str(tmp_path)]) == 1
    assert f"No desktop has run on {tmp_path} yet." in capsys.readouterr().err
    (tmp_path / "plugins-seen.json").write_text("{", "utf-8")
    for words in (["faults"], ["bundle", str(tmp_path / "b.zip")]):
        assert main(["plugin", *words, "--data", str(tmp_path)]) == 1
        assert "plugins-seen.json" in capsys.readouterr().err
    assert not (tmp_path / "b.zip").exists()
