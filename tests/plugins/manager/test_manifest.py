"""Manifests are read without importing the plugin, and say by line what is wrong with them."""

import json
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest

from tests.plugins.manager.making import Yard
from workloom.api.hooks import API_LEVEL
from workloom.domain.options import OptionType, TakesEffect
from workloom.plugin_manager.discovery import installed, read_all
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest, read_manifest

HEAD = 'id = "acme"\nname = "Acme"\nversion = "1.0"\napi-level = 1\n'
TEXT = '[[option]]\nname = "acme.size"\ntype = "text"\ndefault = "five"\nmeaning = "How many."\n'
OPTION = '[[option]]\nname = "acme.size"\ntype = "int"\ndefault = 5\nmeaning = "How large."\n'


def read(tmp_path: Path, text: str | bytes) -> Manifest:
    """Read a manifest of the entry point acme = "acme"."""
    file = tmp_path / "plugin.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_manifest(file, "acme", "acme")


def test_a_manifest_says_all_that_the_shell_wants_to_know(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        HEAD
        + 'summary = "A panel."\nrequires = ["workitem"]\noptional = ["workbin"]\nafter = ["other"]\norder = 7\n'
        + 'desktop = "acme.plugin:Acme"\n'
        + '[[privilege]]\nname = "Can Use Acme"\nmeaning = "See the panel."\n'
        + OPTION
        + 'minimum = 1\nmaximum = 9\ntakes-effect = "at once"\nstrategy = true\n'
        + '[[option]]\nname = "acme.names"\ntype = "list"\ndefault = ["a", "b"]\nmeaning = "Names."\n',
    )
    size, names = manifest.option_specs()
    assert (manifest.id, manifest.requires, manifest.after, manifest.order) == ("acme", ("workitem",), ("other",), 7)
    assert manifest.privilege[0].name == "Can Use Acme"
    assert (size.type, size.default, size.minimum, size.maximum) == (OptionType.NUMBER, 5, 1, 9)
    assert (size.takes_effect, size.strategy, size.declared_by) == (TakesEffect.AT_ONCE, True, "acme")
    assert names.default == ("a", "b")


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", ":1:1:", "“id” is missing. Add it."),
        (HEAD.replace("acme", "Acme Panel"), ":1:6:", "a name of small letters, digits and underscores"),
        (HEAD.replace('"acme"', '"other"'), ":1:6:", "expected “acme”, the name of the entry point, found “other”"),
        (HEAD.replace('"1.0"', "1.0"), ":3:11:", "version: expected a text, found a number with a fraction."),
        (HEAD.replace("= 1\n", '= "1"\n'), ":4:13:", "api-level: expected a whole number, found a text."),
        (HEAD + "sumary = 1\n", ":5:10:", "there is no such key; did you mean “summary”?"),
        (HEAD + 'desktop = "acme.plugin"\n', ":5:11:", "expected a class as package.module:Class, found “acme.plugin”"),
        (HEAD + 'desktop = "os:getcwd"\n', ":5:11:", "expected a class of the plugin's own package acme"),
        (HEAD + 'requires = ["acme"]\n', ":5:12:", "“acme” is the plugin itself. Take it out."),
        (HEAD + 'requires = "workitem"\n', ":5:12:", "expected a list, found a text"),
        (HEAD + 'after = ["A b"]\n', ":5:10:", "expected ids of plugins, found “A b”"),
        (HEAD + OPTION.replace('"int"', '"integer"'), ":7:8:", "expected one of bool, int, text, list, choice, found"),
        (HEAD + OPTION.replace("5", '"5"'), ":8:11:", 'expected a whole number, found "5".'),
        (HEAD + OPTION + "maximum = 4\nminimum = 0\n", ":8:11:", "expected a whole number from 0 to 4, found 5."),
        (HEAD + OPTION.replace("meaning", "means"), ":9:9:", "no such key; did you mean “meaning”?"),
        (HEAD + OPTION.replace("meaning", "# "), ":5:1:", "option.1: “meaning” is missing. Add it."),
        (HEAD + OPTION + OPTION, ":11:8:", "“acme.size” is declared twice"),
        (HEAD + OPTION.replace('"int"', '"choice"').replace("5", '"a"'), ":5:1:", "needs “allowed”"),
        (HEAD + TEXT + "pattern = '['\nform = 'x'\n", ":10:11:", "expected a regular expression, found “[”"),
        (HEAD + TEXT + "pattern = '[0-9]'\n", ":5:1:", "needs both “pattern” and “form”, its words"),
        (HEAD + TEXT + "pattern = '[0-9]'\nform = 'a digit'\n", ":8:11:", 'expected a digit, found "five".'),
        (HEAD + "id = 3\n", "", "this is no TOML: Cannot overwrite a value (at line 5, column 7)."),
        (HEAD.encode() + b'summary = "\xff"\n', ":5:", "this is no UTF-8. Save the file as UTF-8."),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_what_to_do(
    tmp_path: Path, text: str | bytes, where: str, said: str
) -> None:
    with pytest.raises(BadPlugin) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'plugin.toml'}{where}")
    assert said in message


def test_a_manifest_of_a_later_level_is_not_judged_by_the_keys_of_ours(tmp_path: Path) -> None:
    with pytest.raises(BadPlugin, match=f"needs API level 99, this desktop offers {API_LEVEL}. Update Workloom"):
        read(tmp_path, HEAD.replace("= 1\n", "= 99\n") + "key-of-tomorrow = 1\n")


def test_a_missing_manifest_is_named_with_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(BadPlugin, match=r"there is no manifest\. A plugin has a file plugin.toml beside"):
        read_manifest(tmp_path / "plugin.toml", "acme", "acme")


def test_reading_a_hundred_manifests_imports_no_plugin(yard: Yard) -> None:
    for number in range(100):
        yard.add(
            f"idle{number}", code="raise SystemExit('imported')\nclass Plugin: ...", manifest=f"order = {number}\n"
        )
    infos = yard.manager().infos()
    assert [info.id for info in infos] == [f"idle{number}" for number in range(100)]
    assert {info.state for info in infos} == {"ready"}
    assert yard.imported() == set()


def test_the_published_schema_is_that_of_the_format() -> None:
    published = files("workloom.plugin_manager").joinpath("manifest.schema.json").read_text("utf-8")
    assert json.loads(published) == json.loads(json.dumps(msgspec.json.schema(Manifest)))


def test_the_manifests_of_the_installed_plugins_are_in_order() -> None:
    found = read_all(installed())
    assert {one.candidate.name for one in found} >= {"workitem", "workbin", "contact_history", "routing_transfer"}
    assert [one.problem for one in found if one.problem] == []
