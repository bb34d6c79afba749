"""On which store the tests of the contract stand: SQLite, unless a folder of tests puts another in its place."""

from collections.abc import Callable
from pathlib import Path

from workloom.adapters.sqlite.store import SqliteStore
from workloom.services.ports import Store

OPENERS: list[Callable[[Path | str], Store]] = [SqliteStore]
"""The last one opens."""


def opened_store(where: Path | str = ":memory:") -> Store:
    """A new store with nothing in it; `where` is for one that keeps a file."""
    return OPENERS[-1](where)
