"""The project's own files, read as text and as syntax trees: what the architecture tests look at."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE_ROOTS = (ROOT / "core", ROOT / "plugins")
FOLDERS = ("core", "plugins", "sample_extensions", "tests", "docs", "requirements", ".ci")
TEXT = {".py", ".md", ".toml", ".sql", ".qss", ".txt", ".svg", ""}


def python_files(*folders: str) -> list[Path]:
    """Python files below folders of the checkout."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def text_files() -> list[Path]:
    """All text of the project, generated and foreign files left out."""
    # In a linked worktree `.git` is a file.
    loose = (path for path in ROOT.iterdir() if path.name not in ("LICENSE", ".git"))
    found = [path for path in loose if path.is_file() and path.suffix in TEXT]
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in TEXT]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """A file's path as the failure messages show it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def modules() -> dict[str, Path]:
    """Modules of the core and of the built-in plugins, by dotted name."""
    found = {}
    for root in SOURCE_ROOTS:
        for path in root.rglob("*.py"):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Everything a file imports, wherever it stands: (module, name taken from it or nothing)."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
