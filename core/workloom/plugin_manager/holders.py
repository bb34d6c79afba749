"""Who holds an object: the names of the code and of the variables through which it is still reached."""

import gc
from collections import deque
from collections.abc import Sequence
from functools import partial
from types import BuiltinFunctionType, CellType, FrameType, FunctionType, MethodType
from typing import Final

THROUGH: Final = (CellType, MethodType, deque, dict, frozenset, list, partial, set, tuple)
"""What is no holder itself: whoever has it is told as well."""
STEPS: Final = 4
"""How far away a holder may be: from an object in a list within a list, say, to the module that has the list."""


def holders_of(ones: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    """For each of some objects, what refers to it, by name: functions, kinds of objects, variables of modules.

    For each step, all objects of the process are walked through once, however many are asked for. Calls that are
    running are not told, on any thread.
    """
    gc.unfreeze()  # what was made before the first plugin, and is left out of collections, may be a holder too
    names: list[set[str]] = [set() for _ in ones]
    level, whose = list(ones), {id(one): {place} for place, one in enumerate(ones)}
    seen = whose.copy()
    for _ in range(STEPS):
        if not level:
            break
        below: list[object] = []
        whose_below: dict[int, set[int]] = {}
        for holder in gc.get_referrers(*level):
            if holder is ones or holder is level or isinstance(holder, FrameType):
                continue
            held = {id(one) for one in gc.get_referents(holder)} & whose.keys()
            places = {place for one in held for place in whose[one]}
            found = _names(holder, held)
            for place in places:
                names[place].update(found)
            new = places - seen.get(id(holder), set())
            if new and isinstance(holder, THROUGH) and not _is_module(holder):
                seen[id(holder)] = seen.get(id(holder), set()) | new
                whose_below[id(holder)] = new
                below.append(holder)
        level, whose = below, whose_below
    return tuple(tuple(sorted(each)) for each in names)


def _names(holder: object, held: set[int]) -> tuple[str, ...]:
    """What a holder is called; nothing if it has no name of its own."""
    if isinstance(holder, partial):
        return _names(holder.func, held)
    if isinstance(holder, MethodType):
        return _names(holder.__func__, held)
    if isinstance(holder, FunctionType | BuiltinFunctionType | type):
        return (f"{holder.__module__ or 'builtins'}.{holder.__qualname__}",)
    if isinstance(holder, dict) and _is_module(holder):
        return tuple(f"{holder['__name__']}.{name}" for name, one in holder.items() if id(one) in held)
    return () if isinstance(holder, THROUGH) else (f"{type(holder).__module__}.{type(holder).__qualname__}",)


def _is_module(one: object) -> bool:
    """Whether this is where a module keeps its variables, which is where every function of it looks them up."""
    return isinstance(one, dict) and "__spec__" in one and "__name__" in one
