"""SQL from named `.sql` files: each statement follows a line `-- name: …`."""

from collections.abc import Callable, Mapping
from pathlib import Path

Statements = Mapping[str, str]
"""Statements of one file, by name."""


def statements(folder: Path, file: str, dialect: Callable[[str], str] = str) -> Statements:
    """The statements of `sql/<file>.sql` in `folder`, each as `dialect` has it; in this one if both databases share it.

    Read straight from the folder: importing and asking `importlib.resources` took longer than all the files.
    """
    own = folder.joinpath("sql", f"{file}.sql")
    return named_statements(own if own.exists() else shared(file), dialect)


def shared(file: str) -> Path:
    """A file of statements that both databases read alike."""
    return Path(__file__).parent.joinpath("sql", f"{file}.sql")


def named_statements(path: Path, dialect: Callable[[str], str] = str) -> Statements:
    """The statements of a file by name."""
    text = path.read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for block in text.split("-- name:")[1:]:
        name, _, body = block.partition("\n")
        found[name.strip()] = dialect(body.strip().rstrip(";"))
    return found
