"""How many objects there are of each type: what must not grow while the same is done again and again."""

import gc
import sqlite3
from collections import _count_elements  # type: ignore[attr-defined]  # what Counter uses, in C
from collections.abc import Callable
from itertools import chain, starmap
from time import monotonic, sleep
from typing import Any, Final
from weakref import ReferenceType

WEAK: Final = "weakref.ReferenceType"
LOOKS: Final = 5


def count_objects() -> dict[str, int]:
    """How many objects there are of each type, by its name.

    Found and counted within one call of C, during which no other thread runs: one that is just building a tuple fails
    when somebody has hold of it.
    """
    gc.collect()
    kinds: dict[type[Any], int] = {}
    _count_elements(kinds, map(type, chain.from_iterable(starmap(gc.get_objects, ((),)))))
    counts: dict[str, int] = {}
    for kind, count in kinds.items():
        name = f"{kind.__module__}.{kind.__qualname__}"
        counts[name] = counts.get(name, 0) + count
    counts[WEAK] = counts.get(WEAK, 0) - _cursors()
    return counts


def most(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """The higher count of each type."""
    return {name: max(one.get(name, 0), other.get(name, 0)) for name in one | other}


def more_than(before: dict[str, int]) -> dict[str, int]:
    """The types of which there are more objects just now, with how many more."""
    return _more(count_objects(), before)


def _rest() -> None:
    """Leave the processor to others."""
    sleep(0.1)


def grown(before: dict[str, int], rest: Callable[[], None] = _rest, patience: float = 15.0) -> dict[str, int]:
    """The types of which more objects have stayed than there were before, with how many more.

    For `patience` seconds, and `LOOKS` times at least, it is looked again after a `rest`: an answer may be on its way,
    or a thread may have something in hand. What has really stayed is there at each look.
    """
    until, looks = monotonic() + patience, 0
    more = more_than(before)
    while more and (looks < LOOKS or monotonic() < until):
        rest()
        more = _least(more, more_than(before))
        looks += 1
    return more


def _more(now: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    """Apart from where it is counted: its own variables would count there."""
    return {name: count - before.get(name, 0) for name, count in now.items() if count > before.get(name, 0)}


def _least(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {name: min(count, other[name]) for name, count in one.items() if name in other}


def _cursors() -> int:
    """The weak references by which connections to SQLite know their cursors: 200 are made before dead ones are let go.

    A type is referred to by what is of it, so that nothing else has to be looked at.
    """
    connections = [one for one in gc.get_referrers(sqlite3.Connection) if isinstance(one, sqlite3.Connection)]
    kept = [one for connection in connections for one in gc.get_referents(connection) if isinstance(one, list)]
    return sum(isinstance(one, ReferenceType) for one in chain.from_iterable(kept))
