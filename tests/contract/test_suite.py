"""The suite is whole: no test of the contract is left out of it, and none steps aside from what it shall run on."""

import ast
from pathlib import Path

import pytest

from tests.contract.suite import ELSEWHERE, EVERYWHERE, STORES

ROOT = Path(__file__).parents[2]
HERE = ROOT / "tests" / "contract"
AT_A_SERVER = ROOT / "tests" / "server" / "contract"
ASIDE = (
    "workloom.adapters.sqlite.opening.open_store",
    "workloom.adapters.sqlite.store.SqliteStore",
    "workloom.bootstrap.engine.open_engine",
)
"""What opens an embedded store, wherever the suite runs."""


def path_of(module: str) -> Path:
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def test_each_module_of_the_contract_runs_everywhere_or_says_why_not() -> None:
    found = sorted(".".join(file.relative_to(ROOT).with_suffix("").parts) for file in HERE.rglob("test_*.py"))
    assert sorted([*EVERYWHERE, *STORES, *ELSEWHERE]) == found, "name a new module in tests/contract/suite.py"


@pytest.mark.parametrize("module", [*EVERYWHERE, *STORES])
def test_all_tests_of_a_module_run_on_postgresql_and_nodes_too(module: str) -> None:
    there = AT_A_SERVER / path_of(module).name
    assert there.exists(), f"let {there.relative_to(ROOT)} import all of {module}"
    imports = [each for each in ast.parse(there.read_text("utf-8")).body if isinstance(each, ast.ImportFrom)]
    assert [(each.module, [name.name for name in each.names]) for each in imports] == [(module, ["*"])]
    code = ast.parse(path_of(module).read_text("utf-8"))
    given = [each for each in code.body if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "__all__"]
    assert not given, "an __all__ would leave tests out there"


@pytest.mark.parametrize("module", [*EVERYWHERE, *STORES])
def test_no_test_of_the_suite_opens_a_store_or_an_office_of_its_own(module: str) -> None:
    code = ast.parse(path_of(module).read_text("utf-8"))
    imported = {
        f"{each.module}.{name.name}"
        for each in ast.walk(code)
        if isinstance(each, ast.ImportFrom)
        for name in each.names
    }
    assert not imported & set(ASIDE), "open it by tests/contract/backends.py"
    called = {ast.unparse(each.func) for each in ast.walk(code) if isinstance(each, ast.Call)}
    assert "Office" not in called, "open it by opened_office of tests/contract/backends.py"


@pytest.mark.parametrize("module", EVERYWHERE)
def test_no_test_that_runs_everywhere_asks_the_engine_in_place_of_the_backend(module: str) -> None:
    code = ast.parse(path_of(module).read_text("utf-8"))
    asked = {ast.unparse(each) for each in ast.walk(code) if isinstance(each, ast.Attribute)}
    assert not {name for name in asked if ".engine.backend" in name}, "ask the office for its backend"
