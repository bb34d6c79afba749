"""What plugins may rely on: the surface of the API level is written down, and a change that breaks it is noticed."""

import json
from typing import Any, get_type_hints

import pytest

from docs.api_surface import IMPLEMENTED, additions, breaks, level_file, surface
from workloom.api import Backend
from workloom.api.hooks import API_LEVEL

FUNCTION = {"kind": "function", "parameters": [], "returns": "str"}


def value(default: bool) -> dict[str, Any]:
    """A field of text."""
    return {"kind": "value", "type": "str", "default": default}


def parameter(name: str, default: bool) -> dict[str, Any]:
    """A parameter of text."""
    return {"name": name, "kind": "positional or keyword", "type": "str", "default": default}


def struct(**fields: bool) -> dict[str, Any]:
    """A struct with these fields, each with or without a default."""
    return {"kind": "class", "bases": ["Struct"], "members": {name: value(default) for name, default in fields.items()}}


@pytest.fixture(scope="module")
def now() -> dict[str, Any]:
    """What the sources offer."""
    return surface()


def test_the_sources_offer_all_that_the_file_of_their_level_says(now: dict[str, Any]) -> None:
    written = json.loads(level_file(API_LEVEL).read_text("utf-8"))
    assert len(written) > 200
    assert list(breaks(written, now)) == []


def test_what_the_sources_offer_beyond_the_file_is_written_down_on_purpose(now: dict[str, Any]) -> None:
    """An addition stays for as long as the level does: `python docs/api_surface.py --write`, and a review sees it."""
    written = json.loads(level_file(API_LEVEL).read_text("utf-8"))
    assert list(additions(written, now)) == []
    assert written == now


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({}, {"f": FUNCTION}, "f is new"),
        ({"S": struct()}, {"S": struct(a=True)}, "S.a is new"),
        ({"f": FUNCTION}, {"f": {**FUNCTION, "parameters": [parameter("a", True)]}}, "f() takes a as well"),
        (
            {"f": {**FUNCTION, "parameters": [parameter("a", False)]}},
            {"f": {**FUNCTION, "parameters": [parameter("a", True)]}},
            "f(): a has a default",
        ),
        ({"S": struct(a=False)}, {"S": struct(a=True)}, "S.a has a default"),
    ],
)
def test_what_is_added_is_told(before: dict[str, Any], now: dict[str, Any], said: str) -> None:
    assert list(additions(before, now)) == [said]
    assert list(additions(now, now)) == []


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"f": FUNCTION}, {}, "f is gone"),
        ({"f": FUNCTION}, {"f": struct()}, "f was a function and is a class"),
        ({"f": FUNCTION}, {"f": {**FUNCTION, "returns": "int"}}, "f: returns was str and is int"),
        ({"f": FUNCTION}, {"f": {**FUNCTION, "parameters": [parameter("a", False)]}}, "f() needs a from now on"),
        ({"f": {**FUNCTION, "parameters": [parameter("a", True)]}}, {"f": FUNCTION}, "f() takes no a any more"),
        ({"S": struct(a=False)}, {"S": struct()}, "S.a is gone"),
        ({"S": struct(a=True)}, {"S": struct(a=False)}, "S.a has no default any more"),
        ({"S": struct()}, {"S": struct(b=False)}, "S needs b from now on"),
    ],
)
def test_what_breaks_a_plugin_is_told(before: dict[str, Any], now: dict[str, Any], said: str) -> None:
    assert list(breaks(before, now)) == [said]


def services(**members: dict[str, Any]) -> dict[str, Any]:
    """A Protocol that backends implement, with these functions."""
    return {"workloom.api.WorkItems": {"kind": "class", "bases": ["Protocol"], "members": members}}


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (services(), services(f=FUNCTION), "WorkItems.f is new, and backends that are there lack it"),
        (
            services(f=FUNCTION),
            services(f={**FUNCTION, "parameters": [parameter("a", True)]}),
            "WorkItems.f() takes a as well, and backends that are there do not",
        ),
    ],
)
def test_what_a_backend_lacks_that_was_written_before_is_told(
    before: dict[str, Any], now: dict[str, Any], said: str
) -> None:
    (found,) = breaks(before, now)
    assert found.startswith(f"workloom.api.{said}")


def test_a_function_that_may_be_missing_in_a_backend_breaks_none() -> None:
    assert list(breaks(services(), services(f={**FUNCTION, "later": True}))) == []


def test_the_protocols_that_backends_implement_are_those_on_which_a_backend_hangs() -> None:
    found: set[type] = set()
    left: list[type] = [Backend]
    while left:
        kind = left.pop()
        if kind not in found:
            found.add(kind)
            members = [one for name, one in vars(kind).items() if name[0] != "_"]
            gets = [getattr(one, "fget", one) for one in members]
            answers = [get_type_hints(one).get("return") for one in gets]
            left += [one for one in answers if isinstance(one, type) and getattr(one, "_is_protocol", False)]
    assert {f"workloom.api.{kind.__name__}" for kind in found} == IMPLEMENTED


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({}, {"f": FUNCTION}),
        ({"f": FUNCTION}, {"f": {**FUNCTION, "parameters": [parameter("a", True)]}}),
        ({"S": struct(a=False)}, {"S": struct(a=True, b=True)}),
    ],
)
def test_what_is_only_added_breaks_nothing(before: dict[str, Any], now: dict[str, Any]) -> None:
    assert list(breaks(before, now)) == []
