"""No test of the shell is left out at a node without a reason."""

import ast
from pathlib import Path

import pytest

from tests.shell.suite import AT_A_NODE, ELSEWHERE, EMBEDDED

HERE = Path(__file__).parent
AT_NODES = HERE.parent / "server" / "desktop"


def names_in(file: Path) -> set[str]:
    code = ast.parse(file.read_text("utf-8"))
    return {each.name for each in code.body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")}


def test_each_module_runs_at_a_node_or_says_why_not() -> None:
    modules = {file.stem for file in HERE.glob("test_*.py")}
    folders = {file.relative_to(HERE).parts[0] for file in HERE.glob("*/test_*.py")}
    assert sorted([*AT_A_NODE, *ELSEWHERE]) == sorted(modules | folders), "name it in tests/shell/suite.py"


@pytest.mark.parametrize("module", AT_A_NODE)
def test_all_of_a_module_runs_there(module: str) -> None:
    there = AT_NODES / f"{module}.py"
    assert there.exists(), f"let {there.relative_to(HERE.parent)} import all of tests.shell.{module}"
    imports = [each for each in ast.parse(there.read_text("utf-8")).body if isinstance(each, ast.ImportFrom)]
    assert [(each.module, [name.name for name in each.names]) for each in imports] == [(f"tests.shell.{module}", ["*"])]


def test_what_is_said_to_be_embedded_is_there_to_be_left_out() -> None:
    assert set(EMBEDDED) <= set().union(*(names_in(HERE / f"{module}.py") for module in AT_A_NODE))
