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
from tests.docs.cuttings import cuttings
from workloom.api.hooks import DesktopHooks
from workloom.plugin_manager.manifest import Manifest, read_manifest

FIRST_PLUGIN = (ROOT / "docs" / "howto" / "first-plugin.md").read_text("utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "manifest.md").read_text("utf-8")
TABLES: dict[str, type[Struct]] = {
    f"[[{field.encode_name}]]": get_args(field.type)[0]
    for field in fields(Manifest)
    if isinstance(kind := get_args(field.type)[0] if get_args(field.type) else None, type) and issubclass(kind, Struct)
}


SAMPLES = sorted(path.parent for path in ROOT.glob("sample_extensions/*/pyproject.toml"))


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


def test_the_tutorial_shows_every_file_of_the_smallest_extension() -> None:
    """That each is shown as it is, is a test of all cuttings."""
    hello = ROOT / "sample_extensions" / "hello_panel"
    needed = {path for path in (hello / "hello_panel").iterdir() if path.suffix in (".py", ".toml")}
    needed.add(hello / "pyproject.toml")
    shown = {ROOT / cutting.file for cutting in cuttings(ROOT / "docs" / "tutorial.md")}
    assert needed - shown == {hello / "hello_panel" / "__init__.py"}  # which may be empty
    assert hello / "tests" / "test_hello_panel.py" in shown


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


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.name for path in SAMPLES])
def test_the_page_of_an_extension_has_all_of_its_options_and_privileges(sample: Path) -> None:
    """Those of the built-in plugins are on a page of their own, which is written from their manifests."""
    manifest = tomllib.loads((sample / sample.name / "plugin.toml").read_text("utf-8"))
    names = [table["name"] for table in (*manifest.get("option", ()), *manifest.get("privilege", ()))]
    page = (sample / "README.md").read_text("utf-8")
    assert [name for name in names if name not in page] == []


def test_the_example_of_the_reference_is_a_good_manifest(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", REFERENCE, re.DOTALL | re.MULTILINE)
    file = tmp_path / "plugin.toml"
    file.write_text(example, "utf-8")
    id_ = tomllib.loads(example)["id"]
    manifest = read_manifest(file, id_, id_)
    assert (len(manifest.action), len(manifest.view)) == (1, 1)
