"""The places at which the desktop's own code calls plugins under guard, found in its sources."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT

LAYERS = ("shell", "plugin_manager")
NO_CODE = ("branding", "check", "translation .+")
"""What is said of a file of the plugin, or by `workloom plugin check`, and of no call."""


def guarded_calls() -> set[str]:
    """The words of each call, as regular expressions: `view .+`."""
    files = [file for layer in LAYERS for file in (ROOT / "core" / "workloom" / layer).rglob("*.py")]
    return {words for file in files for words in _in(ast.parse(file.read_text("utf-8")))} - set(NO_CODE)


def _in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called, given = node.func, node.args
        if isinstance(called, ast.Name) and called.id == "partial" and given:  # partial(guard.call, plugin, words, …)
            called, given = given[0], given[1:]
        text = ast.unparse(called)
        if text.endswith("guard.call") and len(given) > 1:
            yield from _words(given[1])
        elif text.endswith("._guarded") and given:
            yield from _words(given[0])


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
        yield "".join(parts)
