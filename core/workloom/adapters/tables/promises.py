"""What must hold of the data at any moment, asked of the database itself: after heavy tests, by `workloom db check`."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import Struct

from workloom.adapters.tables.statements import named_statements, shared

_SHOWN: Final = 5


class BrokenPromise(Struct, frozen=True):
    """A promise (`I1` …), what it says, and the items that break it."""

    promise: str
    says: str
    items: tuple[str, ...]

    def __str__(self) -> str:
        """In a line."""
        more = f" and {len(self.items) - _SHOWN} more" if len(self.items) > _SHOWN else ""
        return f"{self.promise} is broken: {self.says}, but not {', '.join(self.items[:_SHOWN])}{more}"


def broken_promises(rows: Callable[[str], Iterable[tuple[Any, ...]]]) -> list[BrokenPromise]:
    """What does not hold; `rows` carries out a statement that has no parameters, all in one snapshot."""
    found = []
    for name, statement in named_statements(shared("promises")).items():
        promise, _, says = name.partition(" ")
        items = tuple(row[0] for row in rows(statement))
        if items:
            found.append(BrokenPromise(promise, says, items))
    return found
