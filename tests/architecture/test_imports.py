"""What the import contracts cannot say: no cycle of any kind, and where plugins may reach."""

import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter

import pytest

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


def test_no_modules_import_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(" > ".join(error.args[1]))


def test_plugins_reach_the_core_only_through_its_api() -> None:
    reaching = [
        f"{name_of(path)} imports {source}"
        for path in python_files("plugins", "sample_extensions")
        if "tests" not in path.parts  # the tests of a sample also use workloom.testing
        for source, _name in imports(path)
        if source.partition(".")[0] == "workloom" and not f"{source}.".startswith("workloom.api.")
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
