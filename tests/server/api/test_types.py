"""The types of the HTTP API stay clear of what their library cannot free."""

from collections.abc import Iterator
from typing import Any

from msgspec import inspect

from workloom.bootstrap.engine import MEMORY, open_engine
from workloom.server.http_api.api import HttpApi

CONTAINERS = (inspect.ListType, inspect.DictType, inspect.SetType, inspect.FrozenSetType, inspect.VarTupleType)


def inner(type_: Any) -> Iterator[inspect.Type]:
    """The types that a type is made of."""
    for name in ("types", "item_types"):
        yield from getattr(type_, name, ())
    for name in ("item_type", "key_type", "value_type", "type"):
        if isinstance(each := getattr(type_, name, None), inspect.Type):
            yield each
    for field in getattr(type_, "fields", ()):
        yield field.type


def unsafe(type_: Any) -> Iterator[inspect.Type]:
    """Unions within the type in which a text with a pattern shares its place with a container."""
    waiting, seen = [inspect.type_info(type_)], set[int]()
    while waiting:
        one = waiting.pop()
        among = one.types if isinstance(one, inspect.UnionType) else ()
        patterns = [each for each in among if isinstance(each, inspect.StrType) and each.pattern]
        if patterns and any(isinstance(each, CONTAINERS) for each in among):
            yield one
        if isinstance(one, inspect.StructType):
            if id(one.cls) in seen:
                continue
            seen.add(id(one.cls))
        waiting.extend(inner(one))


def test_no_text_with_a_pattern_shares_a_union_with_a_container() -> None:
    engine = open_engine(MEMORY)
    try:
        operations = HttpApi(engine.sent_messages, engine.managed_items, engine.administration).operations()
    finally:
        engine.stop()
    types = [one.body for one in operations if one.body is not None]
    types += [result for one in operations for result in one.results.values() if result is not None]
    assert len(types) > 30
    found = [union for type_ in types for union in unsafe(type_)]
    assert not found, "msgspec takes the pattern for a type when it frees the union, and the process crashes"
