"""What an import may load: the start of the desktop and small installations depend on it."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.sources import modules, tree_of
from tests.bench.programs.painted import LATE

PRINT = "import json, sys; __import__({!r}); print(json.dumps(sorted(sys.modules)))"
ANYWHERE = {"msgspec", "pluggy", "typing_extensions"}
"""What the domain and the api are made of; msgspec takes the last where it is installed."""
AT_THE_START = ("domain", "api", "services", "shell", "plugin_manager", "adapters.sqlite", "adapters.tables")
"""Parts of the core of which a desktop imports most while it starts."""
ASKED_FOR = {"workloom.domain.capture_rows"}
"""What is imported only when somebody asks for it: there, an export of another system."""


def loaded_by(module: str) -> set[str]:
    """Modules that a fresh Python has after an import and had not before."""
    lists = []
    for name in ("sys", module):
        command = [sys.executable, "-c", PRINT.format(name)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        lists.append(set(json.loads(done.stdout)))
    return lists[1] - lists[0]


def tops(modules: set[str]) -> set[str]:
    """Top-level names that are not Python's own."""
    return {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names) - {"workloom"}


def parts(modules: set[str]) -> set[str]:
    """Parts of the core among modules."""
    return {name.split(".")[1] for name in modules if name.startswith("workloom.")}


@pytest.mark.parametrize(
    ("module", "may"), [("workloom.domain.moves", {"domain"}), ("workloom.api", {"api", "domain"})]
)
def test_the_lower_layers_load_nothing_else(module: str, may: set[str]) -> None:
    loaded = loaded_by(module)
    assert parts(loaded) <= may
    assert tops(loaded) <= ANYWHERE
    assert not loaded & {"sqlite3", "asyncio", "http", "urllib.request", "importlib.metadata", "logging.handlers"}


def test_the_engine_loads_no_window_and_no_plugin_manager() -> None:
    loaded = loaded_by("workloom.bootstrap.engine")
    assert "sqlite3" in loaded
    assert not parts(loaded) & {"shell", "plugin_manager", "cli", "testing", "simulation"}
    assert "PyQt6" not in tops(loaded)


def test_the_command_loads_a_sub_command_only_when_it_is_called() -> None:
    loaded = loaded_by("workloom.cli")
    assert parts(loaded) <= {"cli", "domain", "settings"}
    assert not tops(loaded) - ANYWHERE


def test_what_stands_before_the_login_page_is_painted_needs_no_engine() -> None:
    loaded = loaded_by("workloom.bootstrap.desktop")
    assert "PyQt6" in tops(loaded)
    assert not parts(loaded) & {"services", "simulation", "cli"}
    assert not loaded & {"sqlite3", "argon2", "dependency_injector", "tomlkit"}


def test_the_modules_of_a_start_import_late_what_is_needed_late() -> None:
    of_start = tuple(f"workloom.{part}." for part in AT_THE_START)
    early = [
        f"{name}: {taken}"
        for name, path in modules().items()
        if name.startswith(of_start) and name not in ASKED_FOR
        for taken in taken_at_once(tree_of(path).body)
        if taken.partition(".")[0] in LATE
    ]
    assert early == [], "import it in the function that needs it: decision 33"


def taken_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """What a module takes when it is imported itself; what stands under a condition does not count."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield statement.module or ""
