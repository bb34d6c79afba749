"""Habits of the house that a linter does not know."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of, python_files, text_files, tree_of

LONGEST = 400
# Where a fault of any kind is contained: the fault is named and shown, and the rest goes on.
GUARDS = {
    "core/workloom/plugin_manager/guard.py",
    "core/workloom/services/dispatch_loop.py",
    "core/workloom/shell/operations.py",
    "core/workloom/server/background.py",
    "core/workloom/server/request.py",
}
# Where a test is skipped, aloud: what it needs is of the machine, and `.ci/run` fails without it.
MAY_SKIP = {"tests/server/conftest.py": "pytest." + "skip("}
# Put together here, so that this file does not find itself.
WORDS = (
    "TO" + "DO",
    "FIX" + "ME",
    "NotImplemented" + "Error",
    "mark." + "skip(",
    "pytest." + "skip(",
    "importor" + "skip",
    "mark." + "xfail",
    "pytest." + "xfail",
    "pypi" + ".org",
    "python" + "hosted",
    "/" + "root/",
    "/" + "work/",
    "/" + "home/",
)


def is_broad(handler: ast.ExceptHandler) -> bool:
    """True for a handler that takes every exception and does not hand it on."""
    taken = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else set()
    last = handler.body[-1]
    hands_on = isinstance(last, ast.Raise) and last.exc is None
    return (not handler.type or bool(taken & {"Exception", "BaseException"})) and not hands_on


def suppresses_all(node: ast.AST) -> bool:
    """True for contextlib.suppress(Exception)."""
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("suppress")
        and any(ast.unparse(argument) in ("Exception", "BaseException") for argument in node.args)
    )


def broad_places(path: Path) -> list[int]:
    """Lines on which a file swallows every exception."""
    return [
        node.lineno
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.ExceptHandler) and is_broad(node))
        or (isinstance(node, ast.Call) and suppresses_all(node))
    ]


def undocumented(path: Path) -> list[str]:
    """Public modules, classes and functions of a file that say nothing about themselves."""
    tree = tree_of(path)
    found = [] if ast.get_docstring(tree) else [f"{name_of(path)}: the module"]
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not node.name.startswith("_") and not ast.get_docstring(node):
            found.append(f"{name_of(path)}: {node.name}")
    return found


def undocumented_methods(path: Path) -> list[str]:
    """Public methods of a file's public classes that say nothing; a property is told by its name and type."""
    classes = [node for node in tree_of(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    return [
        f"{name_of(path)}: {kind.name}.{method.name}"
        for kind in classes
        for method in kind.body
        if isinstance(method, ast.FunctionDef)
        and not method.name.startswith("_")
        and not any(ast.unparse(decorator) == "property" for decorator in method.decorator_list)
        and not ast.get_docstring(method)
    ]


def test_no_file_is_longer_than_somebody_reads() -> None:
    files = [*python_files("core", "plugins", "sample_extensions", "tests", "docs", "requirements"), ROOT / "loom"]
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("word", WORDS)
def test_nothing_is_put_off_and_no_host_or_machine_is_named(word: str) -> None:
    found = [name_of(path) for path in text_files() if word in path.read_text("utf-8")]
    assert [name for name in found if MAY_SKIP.get(name) != word] == []


def test_only_the_guards_catch_everything() -> None:
    found = {name_of(path): broad_places(path) for path in python_files("core", "plugins", "sample_extensions")}
    assert {name: lines for name, lines in found.items() if lines and name not in GUARDS} == {}


def test_every_public_name_says_what_it_is() -> None:
    shipped = [path for path in python_files("core", "plugins", "sample_extensions") if "tests" not in path.parts]
    found = [line for path in shipped for line in undocumented(path)]
    assert found == []


def test_every_method_that_a_plugin_calls_says_what_it_does() -> None:
    # The widget kit's are told by the names of the widgets that they make.
    files = [path for path in python_files("core/workloom/api") if path.parent.name != "ui"]
    assert [line for path in files for line in undocumented_methods(path)] == []


def test_only_one_place_connects_to_the_end_of_a_widget() -> None:
    # A function that is connected there can end the program; `workloom.api.ui.WhenGone` says why, and is safe.
    files = python_files("core", "plugins", "sample_extensions")
    found = [name_of(path) for path in files if ".destroyed." in path.read_text("utf-8")]
    assert found == ["core/workloom/api/ui/base.py"]


@pytest.mark.parametrize(
    ("code", "broad"),
    [
        ("try: f()\nexcept Exception: pass", True),
        ("try: f()\nexcept (OSError, BaseException) as e: g(e)", True),
        ("try: f()\nexcept: pass", True),
        ("try: f()\nexcept BaseException:\n    undo()\n    raise", False),
        ("try: f()\nexcept OSError: pass", False),
        ("with contextlib.suppress(Exception): f()", True),
    ],
)
def test_the_check_for_broad_handlers_tells_them_apart(code: str, broad: bool, tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text(code, "utf-8")
    assert bool(broad_places(path)) is broad
