"""`workloom plugin check`: what is wrong with a plugin is said with its file, and which level of the api it needs."""

from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.plugins.manager.making import DECLARED, ONE_ACTION, Yard
from workloom.cli import main
from workloom.domain.errors import BadInput
from workloom.plugin_manager import api_use
from workloom.plugin_manager.check import Checked, check_plugin
from workloom.plugin_manager.check_code import code_problems
from workloom.plugin_manager.discovery import Candidate, installed, read_all
from workloom.plugin_manager.watchdog import Patience
from workloom.testing.plugins import plugins_of


def check(yard: Yard, id_: str) -> Checked:
    """Check one plugin of the yard beside its others."""
    return check_plugin(next(one for one in yard.candidates if one.name == id_), yard.candidates)


def test_a_plugin_in_order_has_no_problem_and_its_level(yard: Yard) -> None:
    yard.add("acme", "from workloom.api import Action, hook\n" + ONE_ACTION)
    checked = check(yard, "acme")
    assert checked.problems == ()
    assert (checked.level, checked.declared_level) == (1, 1)
    assert checked.used == ("Action", "hook")


def test_what_a_plugin_uses_that_imports_all_of_the_api_is_found_in_its_code(yard: Yard) -> None:
    yard.add("acme", "from workloom.api import *\n" + ONE_ACTION)
    assert check(yard, "acme").used == ("Action", "hook")


@pytest.mark.parametrize(
    ("way", "name"), [("import workloom.api", "workloom.api"), ("from workloom import api", "api")]
)
def test_what_a_plugin_uses_that_imports_the_api_as_a_whole_is_found_and_judged(
    yard: Yard, way: str, name: str
) -> None:
    yard.add("acme", f"{way}\nclass Plugin:\n    kind = {name}.Action\n")
    assert check(yard, "acme") == Checked(plugin="acme", problems=(), level=1, declared_level=1, used=("Action",))
    yard.add("wrong", f"{way}\nclass Plugin:\n    def later(self): return {name}.Acton\n")
    (problem,) = check(yard, "wrong").problems
    assert "plugin.py:7: workloom.api has no “Acton”; did you mean “Action”?" in problem


def test_the_level_that_is_needed_is_that_of_the_newest_name_that_is_used(
    yard: Yard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_use, "SINCE", {"Action": 2, "View": 3})
    yard.add("acme", "from workloom.api import Action, hook\n" + ONE_ACTION)
    checked = check(yard, "acme")
    assert (checked.level, checked.declared_level) == (2, 1)
    (problem,) = checked.problems
    assert problem.endswith("plugin.toml: api-level is 1, and the code needs 2. Raise it.")


def test_two_installed_plugins_of_one_id_are_told_of_each_other(yard: Yard) -> None:
    manifest = 'id = "acme"\nname = "Acme"\nversion = "1.0"\napi-level = 1\n'
    for name in ("acme", "other"):
        yard.write(name, manifest, "")
    twins = tuple(Candidate("acme", yard.package(name)) for name in ("acme", "other"))
    for one in twins:
        (problem,) = check_plugin(one, twins).problems
        assert "are both called “acme”" in problem


@pytest.mark.parametrize(
    ("code", "manifest", "said"),
    [
        (ONE_ACTION, "sumary = 'x'\n", "did you mean “summary”?"),
        ("class Plugin:\n    @hook\n    def viewz(self, context): ...", "", "there is no hook “viewz”; did you mean"),
        (ONE_ACTION, 'provides = ["acme.x"]\n', "the manifest says that it provides “acme.x”"),
        (ONE_ACTION, 'requires = ["nobody"]\n', "needs the plugin “nobody”, which is not installed"),
        (ONE_ACTION, 'requires = ["acme_x.y"]\n', "needs the token “acme_x.y”, which no installed plugin provides"),
        (
            "import workloom.shell.desk\n" + ONE_ACTION,
            "",
            "it imports workloom.shell.desk. Plugins import workloom.api",
        ),
        ("from workloom.api.hooks import hook\n" + ONE_ACTION, "", "it imports workloom.api.hooks. Plugins import"),
        (
            "from workloom import shell\n" + ONE_ACTION,
            "",
            "it imports workloom.shell. Plugins import workloom.api only",
        ),
        ("def f():\n    from workloom.api import Acton\n" + ONE_ACTION, "", "has no “Acton”; did you mean “Action”?"),
        ("def f():\n    import base_of_the_tests.plugin\n" + ONE_ACTION, "", "it imports the plugin “base”. Name it"),
        (
            "def f():\n    import base_of_the_tests.plugin\n" + ONE_ACTION,
            'requires = ["base"]\n',
            "Of another plugin import its module base_of_the_tests.api only",
        ),
        ("class Other: ...", "", "has no “Plugin”"),
        ("class Plugin: ...", "", "[[action]] “acme.act”: the class Plugin has no hook “actions”"),
        ("class Plugin:\n    def actions(self, context): ...", "", "Plugin.actions is not marked, and is never called"),
        (
            "class Plugin:\n    @hook\n    def actions(self, agent): ...",
            "",
            "gives no argument “agent”; it has context",
        ),
        ("", "", "there is no “desktop”, the class with the hook “actions”"),
        ("import nosuch_module", "", "plugin.py:5: ModuleNotFoundError: No module named 'nosuch_module'"),
        ("sys.exit(3)", "", "plugin.py:5: it ends the program. A plugin must not"),
        (
            ONE_ACTION,
            '[[action]]\nid="base.act"\ntitle="X"\nplaces=["item.toolbar"]\n',
            "from the plugin “base”. Give it",
        ),
        (
            ONE_ACTION + "class Log:\n    ...",
            'engine = "acme_of_the_tests.plugin:Log"\n[[event-reader]]\nid="acme.log"\n',
            "the class Log has no hook “event_readers”",
        ),
        (
            ONE_ACTION,
            'order = 0\n[[option]]\nname="base.x"\ntype="bool"\ndefault=true\nmeaning="X."\n',
            "with it, the plugin “base” is refused",
        ),
        (
            ONE_ACTION,
            '[[option]]\nname="base.x"\ntype="bool"\ndefault=true\nmeaning="X."\n',
            "the plugin “base” declares",
        ),
    ],
)
def test_each_problem_is_said_with_its_file(yard: Yard, code: str, manifest: str, said: str) -> None:
    yard.add("base", manifest='order = 1\n[[option]]\nname="base.x"\ntype="bool"\ndefault=true\nmeaning="X."\n')
    yard.add("acme", code, DECLARED + manifest)
    problems = check(yard, "acme").problems
    assert [problem for problem in problems if said in problem]
    assert all(str(yard.folder / yard.package("acme")) in problem for problem in problems)


def test_a_loop_without_end_is_broken_off_and_named_with_its_line(yard: Yard) -> None:
    yard.add("acme", "while True: ...")
    found = read_all(yard.candidates)
    manifest = found[0].manifest
    assert manifest is not None
    (problem,) = code_problems(found[0], manifest, found, Patience(named=0.2, stuck=30.0))
    assert "plugin.py:5: it does not come to an end, and was broken off" in problem


def test_a_translation_that_lacks_a_placeholder_is_said_with_its_line(yard: Yard) -> None:
    yard.add("acme")
    folder = yard.folder / yard.package("acme") / "locale" / "de"
    folder.mkdir(parents=True)
    (folder / "acme.po").write_text('msgid "{count} items"\nmsgstr "Vorgänge"\n', "utf-8")
    (problem,) = check(yard, "acme").problems
    assert "acme.po:1: the translation of “{count} items” lacks “{count}”" in problem


@pytest.mark.parametrize("name", sorted(one.name for one in installed() if one.is_built_in))
def test_the_built_in_plugins_are_in_order(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["plugin", "check", name, "--data", str(tmp_path)]) == 0, capsys.readouterr().out
    assert f"{name}: no problems" in capsys.readouterr().out


def test_a_plugin_in_a_folder_is_checked_without_being_installed(
    yard: Yard, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", list(__import__("sys").path))
    assert main(["plugin", "check", str(ROOT / "sample_extensions" / "hello_panel")]) == 0
    assert "hello_panel: no problems" in capsys.readouterr().out
    assert main(["plugin", "check", str(tmp_path)]) == 1
    assert "has no pyproject.toml" in capsys.readouterr().err
    with pytest.raises(BadInput, match=r"has no pyproject.toml\. Name the folder"):
        plugins_of(tmp_path)  # as `workloom desktop --dev` and the test kit ask


def test_an_option_that_another_plugin_or_the_core_declares_refuses_the_later_plugin(yard: Yard) -> None:
    option = '[[option]]\nname="{}"\ntype="bool"\ndefault=true\nmeaning="X."\n'
    yard.add("acme", manifest=option.format("acme.x"))
    yard.add("bold", manifest=option.format("acme.x"))
    yard.add("core", manifest=option.format("logout.enable-exit-on-logoff-error"))
    acme, bold, core = yard.manager().infos()
    assert (acme.state, bold.state, core.state) == ("ready", "refused", "refused")
    assert bold.reason.startswith(bold.manifest)
    assert "the plugin “acme” declares the option “acme.x” already. Take the declaration out" in bold.reason
    assert "Workloom itself declares the option" in core.reason
