"""What of the api a plugin's code uses, found in its text: nothing is imported."""

import ast
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from msgspec import Struct

from workloom import api

SINCE: Final[Mapping[str, int]] = {}
"""Names of `workloom.api` that came after level 1, with their level."""
_WAY: Final = "workloom"
_API: Final = "workloom.api"
_OPEN: Final = (_API, "workloom.api.ui", "workloom.testing")
"""Modules whose names stay for as long as their level; of the last one the modules below it as well."""


class ApiUse(Struct, frozen=True, kw_only=True):
    """The names that a plugin takes from `workloom.api`, the level that they need, and what it may not import."""

    names: tuple[str, ...]
    level: int
    problems: tuple[str, ...]


def api_use(folder: Path, requires: Collection[str], packages: Mapping[str, str]) -> ApiUse:
    """Look at all Python files below a package. `packages`: ids of installed plugins by their packages."""
    names: set[str] = set()
    problems: list[str] = []
    for file in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(file.read_text("utf-8"))
        except (OSError, ValueError, SyntaxError) as error:
            problems.append(f"{file}: it cannot be read as Python: {error}.")
            continue
        for line, module, taken in (*_imports(tree), *_attributes(tree)):
            found, problem = _judge(module, taken, folder.name, requires, packages)
            names |= found | (_used(tree) if module == _API and "*" in taken else set())
            problems += [f"{file}:{line}: {problem}"] if problem else []
    return ApiUse(
        names=tuple(sorted(names)),
        level=max((SINCE.get(name, 1) for name in names), default=1),
        problems=tuple(problems),
    )


def _imports(tree: ast.AST) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Line, module and names of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == _WAY and not node.level:
            for alias in node.names:  # modules of ours, such as `from workloom import api`
                yield node.lineno, f"{_WAY}.{alias.name}", ()
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module, tuple(alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ()


def _attributes(tree: ast.AST) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Like `_imports`, for what is taken from the api where that is imported as a whole: `api.Action`."""
    known = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == _WAY and not node.level:
            known |= {alias.asname or alias.name for alias in node.names if f"{_WAY}.{alias.name}" == _API}
        elif isinstance(node, ast.Import):
            known |= {alias.asname or alias.name for alias in node.names if alias.name == _API}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr != "ui" and ast.unparse(node.value) in known:
            yield node.lineno, _API, (node.attr,)


def _used(tree: ast.AST) -> set[str]:
    """The names of the api that stand in a module which imports all of them."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & set(api.__all__)


def _judge(
    module: str, taken: tuple[str, ...], own: str, requires: Collection[str], packages: Mapping[str, str]
) -> tuple[set[str], str]:
    """The names of the api among what is imported, and what is wrong with it."""
    top = module.partition(".")[0]
    if module == _API:
        unknown = [name for name in taken if name != "*" and not hasattr(api, name)]
        return set(taken) - {"*", *unknown}, _unknown(unknown[0]) if unknown else ""
    if top == _WAY:
        rule = "Plugins import workloom.api only, since the rest may change at any time."
        is_open = module in _OPEN or module.startswith(f"{_OPEN[-1]}.")
        return set(), "" if is_open else f"it imports {module}. {rule}"
    other = packages.get(top, "")
    if not other or top == own:
        return set(), ""
    if other not in requires:
        return set(), f"it imports the plugin “{other}”. Name it under “requires” or “optional”."
    rule = f"Of another plugin import its module {top}.api only."
    return set(), "" if module == f"{top}.api" else f"it imports {module}. {rule}"


def _unknown(name: str) -> str:
    near = get_close_matches(name, api.__all__, n=1)
    return f"workloom.api has no “{name}”{f'; did you mean “{near[0]}”?' if near else '.'}"
