"""`workloom plugin`, and the smallest extension beside the built-in plugins."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.plugins.manager.making import Yard
from workloom.cli import main
from workloom.cli.plugin import sheet, table
from workloom.cli.plugin_graph import dot, graph
from workloom.plugin_manager.discovery import Candidate


def test_the_list_names_the_installed_plugins_in_their_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["plugin", "list", "--data", str(tmp_path)]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert names[:4] == ["workitem", "workbin", "contact_history", "routing_transfer"]
    assert list(tmp_path.iterdir()) == []


def test_the_list_says_below_a_plugin_what_is_wrong_with_it(yard: Yard) -> None:
    yard.add("good", manifest='summary = "Works."\n')
    yard.write("bad", "id = 1\n")
    lines = table(yard.manager().infos()).splitlines()
    assert lines[0] == "good  1.0  ready    Works."
    assert lines[1] == "bad   ?    refused  bad"
    assert lines[2].endswith("plugin.toml:1:6: id: expected a text, found a whole number.")


def test_the_sheet_of_a_plugin_shows_what_it_declares(yard: Yard) -> None:
    yard.add(
        "acme",
        manifest="""
        summary = "A panel."
        optional = ["workitem"]

        [[privilege]]
        name = "Can Use Acme"
        meaning = "See the panel."

        [[option]]
        name = "acme.url"
        type = "text"
        default = ""
        meaning = "Where it is."
        """,
    )
    (info,) = yard.manager().infos()
    lines = [line.strip() for line in sheet(info).splitlines()]
    assert lines[0] == "acme"
    assert {"name      The acme", "optional  workitem", "option    acme.url", "API level 1"} <= set(lines)
    assert "privilege Can Use Acme: See the panel." in lines


def test_asking_for_a_plugin_that_does_not_exist_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["plugin", "info", "workitm", "--data", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "workloom: There is no plugin “workitm”. Did you mean “workitem”?\n"


def test_the_smallest_extension_brings_its_view(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "sample_extensions" / "hello_panel"))
    yard.candidates.append(Candidate("hello_panel", "hello_panel"))
    manager = yard.manager()
    yard.open(manager)
    assert [entry.what.id for entry in yard.registries.all_views] == ["hello_panel.hello"]
    assert manager.faults() == ()


def test_the_graph_shows_who_needs_whom_and_what_is_wired_to_what(yard: Yard) -> None:
    yard.add("base", manifest='provides = ["base.numbers"]\n')
    yard.add("better", manifest='replaces = ["base.numbers"]\n')
    yard.add("user", manifest='requires = ["base", "base.numbers"]\noptional = ["base.more"]\n')
    manager = yard.manager("better")
    infos, wires = manager.infos(), manager.inspector.wires()
    assert graph(infos, wires).splitlines() == [
        "base",
        "  provides base.numbers",
        "user",
        "  requires base, base.numbers",
        "  may use base.more",
        "better (off)",
        "  replaces base.numbers",
        "base.more",
        "  provided by nobody",
        "  used by user",
        "base.numbers",
        "  provided by base",
        "  used by user",
    ]
    manager = yard.manager()
    wires = manager.inspector.wires()
    assert "  provided by better\n  in place of base\n" in graph(manager.infos(), wires)
    lines = {line.strip() for line in dot(manager.infos(), wires).splitlines()}
    assert {'"user" -> "base";', '"base.numbers" -> "better" [style=bold];'} <= lines
    assert '"base.numbers" -> "base" [style=dotted];' in lines


def test_the_graph_of_the_installed_plugins_is_printed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["plugin", "graph", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "workitem"
    assert main(["plugin", "graph", "--dot", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("digraph plugins {")
