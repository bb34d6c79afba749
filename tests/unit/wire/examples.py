"""A value of any type that is sent, made from the type: what the round trips are tried with."""

from datetime import UTC, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from workloom.domain.options import OptionProblem, OptionSet, OptionSource

PLAIN: dict[Any, object] = {
    str: "“Ünïcode” <b>",
    int: 7,
    float: 2.5,
    bool: True,
    type(None): None,
    object: "anything",
    Any: {"nested": [1, "two"]},
    datetime: datetime(2026, 3, 1, 12, 30, 0, 123456, tzinfo=UTC),
}


def example(kind: Any) -> Any:
    """One value, no part of it empty."""
    if kind in PLAIN or kind is OptionSet:
        return PLAIN[kind] if kind in PLAIN else options()
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return example(inner[0])
    if origin is tuple:
        return (example(inner[0]),) if inner[-1] is ... else tuple(map(example, inner))
    if origin is frozenset:
        return frozenset({example(inner[0])})
    if origin is not None and len(inner) == 2:
        return {example(inner[0]): example(inner[1])}
    return _of_class(origin or kind, dict(zip(getattr(origin, "__parameters__", ()), inner, strict=False)))


def options() -> OptionSet:
    """Options in effect, with a problem."""
    return OptionSet({"some.option": OptionSource(value=("a", "b"), layer="Person")}, [example(OptionProblem)])


def _of_class(kind: Any, bound: dict[Any, Any]) -> Any:
    if issubclass(kind, Enum):
        return list(kind)[-1]
    assert issubclass(kind, Struct), kind
    hints = get_type_hints(kind)
    own = tuple[kind, ...]
    return kind(
        **{name: () if hints[name] == own else example(_filled(hints[name], bound)) for name in kind.__struct_fields__}
    )


def _filled(hint: Any, bound: dict[Any, Any]) -> Any:
    """The annotation with the variables of a generic class replaced."""
    if hint in bound:
        return bound[hint]
    return hint[tuple(bound.values())] if getattr(hint, "__parameters__", ()) else hint
