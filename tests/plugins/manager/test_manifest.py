"""Manifests are read without importing the plugin, and say by line what is wrong with them."""

import json
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import msgspec
import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from tests.architecture.sources import ROOT
from tests.plugins.manager.making import DECLARED, Yard
from workloom.api.hooks import API_LEVEL
from workloom.api.plugins import Declared
from workloom.bootstrap.catalogue import installed_privileges
from workloom.domain.option_values import Unfit, read_value
from workloom.domain.options import OptionType, TakesEffect
from workloom.domain.site import Site
from workloom.plugin_manager.discovery import Candidate, installed, read_all
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest, read_manifest
from workloom.plugin_manager.manifest_tables import Kind

HEAD = 'id = "acme"\nname = "Acme"\nversion = "1.0"\napi-level = 1\n'
TEXT = '[[option]]\nname = "acme.size"\ntype = "text"\ndefault = "five"\nmeaning = "How many."\n'
VIEW = '[[view]]\nid = "acme.panel"\ntitle = "Panel"\nregion = "main"\n'
ACTION = '[[action]]\nid = "acme.act"\ntitle = "Act"\nplaces = ["item.toolbar"]\n'
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
        (HEAD + '[branding]\nlogoo = "a.svg"\n', ":6:9:", "there is no such key; did you mean “logo”?"),
        (HEAD + '[branding.light]\naccnt = "#000000"\n', ":6:9:", "there is no such key; did you mean “accent”?"),
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
        (HEAD + VIEW.replace("main", "left"), ":8:10:", "expected one of main, item.context, row.details, status-bar"),
        (
            HEAD + OPTION + 'refers-to = "queues"\n',
            ":10:13:",
            "expected one of media-type, queue, workbin, business-attri",
        ),
        (HEAD + VIEW + VIEW, ":10:6:", "“acme.panel” is declared twice. Keep one of the declarations."),
        (
            HEAD + VIEW + 'privilege = "Can Mark Dnoe"\n',
            ":9:13:",
            "there is no privilege “Can Mark Dnoe”; did you mean “Can Mark Done”?",
        ),
        (HEAD + ACTION.replace('["item.toolbar"]', "[]"), ":8:10:", "places: expected one place at least, found"),
        (HEAD + ACTION.replace("item.toolbar", "toolbar"), ":8:11:", "expected one of item.toolbar, workbin.rows"),
        (HEAD + ACTION + "list_key = 1\n", ":9:12:", "there is no such key; did you mean “list-key”?"),
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


KEYS = [field.encode_name for field in fields(Manifest)]
INNER = ["id", "name", "title", "places", "region", "type", "default", "privilege", "media-types", "order", "allowed"]
simple = st.one_of(st.booleans(), st.integers(-9, 9), st.floats(0, 1), st.text("ab. ", max_size=3), st.dates())
inner = st.one_of(simple, st.lists(simple, max_size=2), st.dictionaries(st.sampled_from(INNER), simple, max_size=3))
anything = st.one_of(inner, st.lists(st.dictionaries(st.sampled_from(INNER), inner, max_size=4), max_size=2))


@given(st.dictionaries(st.sampled_from([*KEYS, "other"]), anything))
def test_whatever_stands_in_a_manifest_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, said: dict[str, object]
) -> None:
    text = tomlkit.dumps(tomllib.loads(HEAD) | said)
    folder = tmp_path_factory.mktemp("manifest")
    (folder / "acme").mkdir()
    (folder / "acme" / "__init__.py").write_text("", "utf-8")
    (folder / "acme" / "plugin.toml").write_text(text, "utf-8")
    sys.path.insert(0, str(folder))
    try:
        (one,) = read_all([Candidate("acme", "acme")])
    finally:
        sys.path.remove(str(folder))
    assert (one.manifest is None) == bool(one.problem)
    assert not one.problem or f"{folder / 'acme' / 'plugin.toml'}:" in one.problem


def test_a_manifest_of_a_later_level_is_not_judged_by_the_keys_of_ours(tmp_path: Path) -> None:
    with pytest.raises(BadPlugin, match=f"needs API level 99, this desktop offers {API_LEVEL}. Update Workloom"):
        read(tmp_path, HEAD.replace("= 1\n", "= 99\n") + "key-of-tomorrow = 1\n")


def test_a_missing_manifest_is_named_with_where_it_belongs(tmp_path: Path) -> None:
    with pytest.raises(BadPlugin, match=r"there is no manifest\. A plugin has a file plugin.toml beside"):
        read_manifest(tmp_path / "plugin.toml", "acme", "acme")


DECLARES = """
[[view]]
id = "{id}.panel"
title = "Panel"
region = "item.context"
privilege = "Can Use {id}"

[[channel]]
id = "{id}"
media-types = ["claim"]

[[interaction-view]]
id = "{id}"
media-types = ["claim"]
subtypes = ["water"]

[[privilege]]
name = "Can Use {id}"
meaning = "See the panel."

[[option]]
name = "{id}.url"
type = "text"
default = ""
meaning = "Where it is."
"""


def test_all_that_a_hundred_plugins_add_is_known_and_none_is_imported(yard: Yard) -> None:
    for number in range(100):
        id_ = f"idle{number}"
        code = "raise SystemExit('imported')\nclass Plugin: ..." if number % 2 else ""  # every other only declares
        yard.add(id_, code, f"{DECLARED}order = {number}\n" + DECLARES.replace("{id}", id_))
    manager = yard.manager()
    infos = manager.infos()
    assert [info.id for info in infos] == [f"idle{number}" for number in range(100)]
    assert {info.state for info in infos} == {"ready"}
    assert infos[7].contributions == (
        Declared(kind="channel", id="idle7", where=("claim",)),
        Declared(kind="interaction-view", id="idle7", where=("claim", "water")),
        Declared(kind="view", id="idle7.panel", title="Panel", where=("item.context",)),
        Declared(kind="action", id="idle7.act", title="Act", where=("item.toolbar",)),
    )
    assert infos[7].privileges == (("Can Use idle7", "See the panel."),)
    assert infos[7].options == ("idle7.url",)
    assert len(manager.option_specs()) == 100
    assert yard.imported() == set()


def test_the_published_schema_is_that_of_the_format() -> None:
    published = files("workloom.plugin_manager").joinpath("manifest.schema.json").read_text("utf-8")
    assert json.loads(published) == json.loads(json.dumps(msgspec.json.schema(Manifest)))


def test_the_manifests_of_the_installed_plugins_are_in_order() -> None:
    found = read_all(installed())
    assert {one.candidate.name for one in found} >= {"workitem", "workbin", "contact_history", "routing_transfer"}
    assert [one.problem for one in found if one.problem] == []


WHOLE = [file.read_text("utf-8") for file in sorted(ROOT.glob("*/**/plugin.toml")) if "frozen" not in str(file)]
ODD = ('""', "5", "-1", "1.5", "true", "[]", "{}", "[1]", '["a"]', "nan", "1979-05-27", "{a = 1}", "[{id = 5}]", '"[("')
LINES = (
    "[branding]",
    "[branding.light]",
    "[[view]]",
    "[view]",
    "[[option]]",
    "[[action-filter]]",
    "[x.y]",
    "x = 5",
    "",
)


@given(st.sampled_from(WHOLE), st.data())
def test_whatever_is_wrong_with_a_manifest_is_said_with_its_file(whole: str, data: st.DataObject) -> None:
    lines = whole.splitlines()
    for _change in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, is_value, _ = lines[at].partition("=")
        if is_value and data.draw(st.booleans()):
            lines[at] = f"{key}= {data.draw(st.sampled_from(ODD))}"
        elif data.draw(st.booleans()):
            lines[at] = f"x{lines[at]}"
        else:
            lines.insert(at, data.draw(st.sampled_from(LINES)))
    named = tomllib.loads(whole)
    package = next((named[key].partition(".")[0] for key in ("desktop", "engine") if key in named), named["id"])
    with TemporaryDirectory() as folder:
        file = Path(folder) / "plugin.toml"
        file.write_text("\n".join(lines), "utf-8")
        said = ""
        try:
            read_manifest(file, named["id"], package)
        except BadPlugin as error:
            said = str(error)
        assert not said or said.startswith(str(file))


@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if kind])
def test_each_kind_of_object_that_an_option_can_name_can_be_looked_up(tmp_path: Path, kind: str) -> None:
    text = HEAD + OPTION.replace('"int"', '"text"').replace("5", '""') + f'refers-to = "{kind}"\n'
    (spec,) = read(tmp_path, text).option_specs()
    with pytest.raises(Unfit, match="“nobody” is none"):
        read_value(spec, "nobody", Site())


def test_the_privileges_that_the_installed_plugins_ask_for_exist() -> None:
    manifests = [one.manifest for one in read_all(installed()) if one.manifest]
    asked = {action.privilege for manifest in manifests for action in manifest.action if action.privilege}
    asked |= {view.privilege for manifest in manifests for view in manifest.view if view.privilege}
    assert len(asked) > 3
    assert asked - set(installed_privileges()) == set()
