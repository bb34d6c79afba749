"""Whether a value is of a type: msgspec and Python check none when code of a plugin makes or returns something."""

import types
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct


def fits(value: object, annotation: Any) -> bool:
    """Whether a value is what an annotation says, as deep as tuples go."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return any(fits(value, part) for part in get_args(annotation))
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(part, get_args(annotation)[0]) for part in value)
    if origin is Callable:
        return callable(value)
    if annotation in (int, float):
        return isinstance(value, int | annotation) and not isinstance(value, bool)
    try:
        return isinstance(value, origin or annotation or type(None))
    except TypeError:  # what no value can be asked for, such as Any or a variable: anything fits
        return True


def words(annotation: Any) -> str:
    """What a type is called in a fault."""
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(words(part) for part in get_args(annotation))
    if origin is tuple:
        return f"a tuple of {words(get_args(annotation)[0])}"
    if origin is Callable:
        return "a function"
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return f"a {annotation.__name__}"
    return "None" if annotation in (type(None), None) else str((origin or annotation).__name__)


def said(value: object) -> str:
    """The type of a value, never the value: it may hold what a customer wrote."""
    return "None" if value is None else f"an object of type {type(value).__name__}"


def misfit(struct: Struct) -> str:
    """Which field of a declaration is not of its type, as a sentence; empty if all are."""
    for field, annotation in _fields(type(struct)).items():
        value = getattr(struct, field)
        if not fits(value, annotation):
            return f"“{field}” is {said(value)}, expected {words(annotation)}"
    return ""


@cache
def _fields(kind: type[Struct]) -> Mapping[str, Any]:
    return get_type_hints(kind)
