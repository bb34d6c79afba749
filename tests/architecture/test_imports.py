"""What the import contracts cannot say: no cycle of any kind, and where plugins may reach."""

import re
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.architecture.sources import ROOT, imports, modules, name_of, python_files

QT_PLACES = ("workloom.shell", "workloom.api.ui", "workloom.bootstrap.desktop", "workloom.testing.desktop")
ENTRY_POINTS: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][
    "workloom.plugins"
]

WITHOUT_QT = """
import importlib, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "PyQt6":
            raise ModuleNotFoundError("PyQt6 is not installed here", name="PyQt6")

sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def graph() -> dict[str, set[str]]:
    """Who imports whom among our modules, TYPE_CHECKING and in-function imports counted."""
    ours = modules()
    edges: dict[str, set[str]] = {}
    for module, path in ours.items():
        wanted = {f"{source}.{name}" if f"{source}.{name}" in ours else source for source, name in imports(path)}
        edges[module] = wanted & ours.keys() - {module}
    return edges


def circle(edges: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle, empty if none do."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(graph()) == []


def test_an_import_for_types_only_and_one_within_a_function_make_a_circle_as_well(tmp_path: Path) -> None:
    a, b = tmp_path / "a.py", tmp_path / "b.py"
    a.write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from b import thing\n", "utf-8")
    b.write_text("def thing():\n    import a\n    return a\n", "utf-8")
    edges = {path.stem: {module for module, _name in imports(path)} & {"a", "b"} for path in (a, b)}
    assert edges == {"a": {"b"}, "b": {"a"}}
    assert set(circle(edges)) == {"a", "b"}


def test_the_import_contracts_count_every_import_and_know_every_plugin() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    plugins = set(ENTRY_POINTS.values())
    assert not settings.get("exclude_type_checking_imports")
    assert set(settings["root_packages"]) == {"workloom", *plugins}
    for contract in settings["contracts"]:
        for key in ("source_modules", "forbidden_modules"):
            named = plugins & set(contract.get(key, ()))
            assert named in (set(), plugins), f"{contract['name']}: {key} names some plugins only"


def test_every_part_of_the_core_has_its_layer() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (layers,) = [contract for contract in settings["contracts"] if contract["type"] == "layers"]
    named = {part.strip(" ()") for layer in layers["layers"] for part in layer.split("|")}
    parts = {name.split(".")[1] for name in modules() if name.startswith("workloom.")}
    assert layers["exhaustive"]
    assert parts - named == set()
    there = [[part.strip(" ()") for part in layer.split("|")] for layer in layers["layers"]]
    chain = " > ".join(" | ".join(part for part in layer if part in parts) for layer in there)
    assert f"    {chain}\n" in (ROOT / "docs" / "contributing.md").read_text("utf-8")


def test_plugins_reach_the_core_only_through_its_api() -> None:
    reaching = [
        f"{name_of(path)} imports {source}"
        for path in python_files("plugins", "sample_extensions")
        if "tests" not in path.parts  # the tests of a sample also use workloom.testing
        for source, _name in imports(path)
        if source.partition(".")[0] == "workloom" and not f"{source}.".startswith("workloom.api.")
    ]
    assert reaching == []


def test_the_tests_of_samples_and_of_new_plugins_need_nothing_but_the_test_kit() -> None:
    samples = [path for path in python_files("sample_extensions") if "tests" in path.parts]
    templates = list((ROOT / "core" / "workloom" / "cli" / "scaffold" / "templates").rglob("tests/*.py.tmpl"))
    assert len(samples) >= 6
    assert len(templates) >= 7
    reaching = [
        f"{name_of(path)}: {found}"
        for path in (*samples, *templates)
        for found in re.findall(
            r"(?:from|import) workloom\.(?!api\b|testing\b)[\w.]+|\bagent\.desk\b", path.read_text("utf-8")
        )
    ]
    assert reaching == []


def test_plugins_reach_each_other_only_through_their_api_modules() -> None:
    packages = set(ENTRY_POINTS.values())
    reaching = [
        f"{name_of(path)} imports {source}"
        for path in python_files("plugins", "sample_extensions")
        for source, name in imports(path)
        if (package := source.partition(".")[0]) in packages - set(path.parts)
        and not f"{source}.{name}.".startswith(f"{package}.api.")
    ]
    assert reaching == []


def test_the_core_names_no_plugin() -> None:
    naming = [
        f"{name_of(path)} names {package}"
        for path in python_files("core")
        for package in ENTRY_POINTS.values()
        if package in path.read_text("utf-8")
    ]
    assert naming == []


def test_every_folder_of_plugins_has_its_entry_point() -> None:
    folders = {path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py")}
    assert folders == set(ENTRY_POINTS.values())


def test_the_engine_can_be_imported_where_qt_is_not_installed() -> None:
    engine = [
        name
        for name in sorted(modules())
        if name.partition(".")[0] == "workloom"
        and not name.endswith("__main__")
        and not any(f"{name}.".startswith(f"{place}.") for place in QT_PLACES)
    ]
    done = subprocess.run([sys.executable, "-c", WITHOUT_QT, *engine], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
