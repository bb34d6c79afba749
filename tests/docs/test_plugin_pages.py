"""The pages for authors of plugins: what they show is the sample, what they list is the format and the hooks."""

import re
import tomllib
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields

from tests.architecture.sources import ROOT
from workloom.api.hooks import DesktopHooks
from workloom.plugin_manager.manifest import Manifest, read_manifest

FIRST_PLUGIN = (ROOT / "docs" / "howto" / "first-plugin.md").read_text("utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "manifest.md").read_text("utf-8")
SAMPLES = ROOT / "sample_extensions"
SHOWN = re.findall(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```", FIRST_PLUGIN, re.DOTALL | re.MULTILINE)
TABLES: dict[str, type[Struct]] = {
    f"[[{field.encode_name}]]": get_args(field.type)[0]
    for field in fields(Manifest)
    if isinstance(kind := get_args(field.type)[0] if get_args(field.type) else None, type) and issubclass(kind, Struct)
}


def described(heading: str) -> set[str]:
    """The keys that the table below a heading of the reference describes."""
    section = re.search(rf"^## `?{re.escape(heading)}`?\n(.*?)(?=^## |\Z)", REFERENCE, re.DOTALL | re.MULTILINE)
    assert section, heading
    rows = re.findall(r"^\| (`[^|]*) \|", section[1], re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([\w-]+)`", row)}


def choices(kind: object) -> set[str]:
    """The words that a value of a manifest can be, where there is a fixed set of them."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.value for member in kind}
    if isinstance(kind, str):
        return {kind} - {""}
    return {word for inner in get_args(kind) for word in choices(inner)}


@pytest.mark.parametrize(("name", "text"), SHOWN, ids=[name for name, _text in SHOWN])
def test_the_files_that_the_how_to_shows_are_those_of_the_sample(name: str, text: str) -> None:
    file = (SAMPLES / name).read_text("utf-8")
    assert file.startswith(text)
    assert name.endswith("pyproject.toml") or file == text


def test_the_how_to_shows_every_file_that_the_extension_needs() -> None:
    needed = {path for path in (SAMPLES / "hello_panel" / "hello_panel").iterdir() if path.suffix in (".py", ".toml")}
    needed.add(SAMPLES / "hello_panel" / "pyproject.toml")
    shown = {SAMPLES / name for name, _text in SHOWN}
    assert needed - shown == {SAMPLES / "hello_panel" / "hello_panel" / "__init__.py"}  # which may be empty


def test_the_how_to_lists_the_hooks() -> None:
    listed = re.findall(r"^\| `(\w+)` \| ", FIRST_PLUGIN, re.MULTILINE)
    assert listed == [name for name in vars(DesktopHooks) if not name.startswith("_")]


def test_the_reference_describes_every_key_of_a_plugin() -> None:
    tables = {name.strip("[]") for name in TABLES}
    assert described("The plugin") == {field.encode_name for field in fields(Manifest)} - tables


@pytest.mark.parametrize("table", TABLES)
def test_the_reference_describes_every_key_of_a_table(table: str) -> None:
    assert described(table) == {field.encode_name for field in fields(TABLES[table])}


@pytest.mark.parametrize("table", TABLES)
def test_the_reference_names_every_choice(table: str) -> None:
    words = {word for field in fields(TABLES[table]) for word in choices(field.type)}
    assert {word for word in words if f"`{word}`" not in REFERENCE} == set()


def test_the_example_of_the_reference_is_a_good_manifest(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", REFERENCE, re.DOTALL | re.MULTILINE)
    file = tmp_path / "plugin.toml"
    file.write_text(example, "utf-8")
    id_ = tomllib.loads(example)["id"]
    manifest = read_manifest(file, id_, id_)
    assert (len(manifest.action), len(manifest.view)) == (1, 1)
