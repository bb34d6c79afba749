"""Values of the HTTP API with their bounds: what a JSON schema can say, and the same as it is checked."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from msgspec import Meta

from workloom.domain.capture_rows import LARGEST
from workloom.domain.errors import BadInput
from workloom.domain.moves_content import MAXIMUM_DEPTH

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 100_000
LARGEST_EXACT: Final = 2**53 - 1
"""Largest whole number that every reader of JSON keeps exactly."""

NO_NUL: Final = r"^[^\u0000]*$"
"""A pattern of JSON schema: any text without the character U+0000, which PostgreSQL does not keep."""

_NO_CONTROL: Final = r"^[^\u0000-\u001f\u007f]+$"

_IS_NAME: Final = re.compile(rf"[^\x00-\x1f\x7f]{{1,{LONGEST_NAME}}}").fullmatch

Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME, pattern=_NO_CONTROL)]
"""A name or an id: 1 to 200 characters, no control characters."""

Line = Annotated[str, Meta(max_length=LONGEST_NAME, pattern=NO_NUL)]
"""A short text, empty or up to 200 characters."""

Text = Annotated[str, Meta(max_length=LONGEST_TEXT, pattern=NO_NUL)]

WholeText = Annotated[str, Meta(pattern=NO_NUL)]
"""A text as long as a body may be."""

Number = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]

Count = Annotated[int, Meta(ge=0, le=LARGEST)]

Instant = Annotated[datetime, Meta(tz=True)]
"""RFC 3339 with its zone."""

ATTACHED_VALUE: Final = "AttachedValue"
"""Name of the schema of one value of attached data, which holds itself."""

ATTACHED_VALUE_SCHEMA: Final[Mapping[str, Any]] = {
    "title": ATTACHED_VALUE,
    "description": f"Text, a whole number, or a list of names and values, at most {MAXIMUM_DEPTH} in one another.",
    "anyOf": [
        {"type": "string", "maxLength": LONGEST_TEXT, "pattern": NO_NUL},
        {"type": "integer", "minimum": -LARGEST_EXACT, "maximum": LARGEST_EXACT},
        {
            "type": "object",
            "propertyNames": {"minLength": 1, "maxLength": LONGEST_NAME, "pattern": _NO_CONTROL},
            "additionalProperties": {"$ref": f"#/components/schemas/{ATTACHED_VALUE}"},
        },
    ],
}

_ATTACHED: Final = {
    "propertyNames": {"minLength": 1, "maxLength": LONGEST_NAME, "pattern": _NO_CONTROL},
    "additionalProperties": {
        "anyOf": [{"$ref": f"#/components/schemas/{ATTACHED_VALUE}"}, {"type": "null"}],
    },
}

Attached = Annotated[dict[str, Any], Meta(extra_json_schema=_ATTACHED)]
"""Changes of attached data: a value to set, null to take it away. `attached_of` looks at what is in it."""


def attached_of(sent: Mapping[str, Any], pointer: str) -> dict[str, Any]:
    """Attached data as it is kept. BadInput, with the JSON pointer, for a name or value that it cannot have."""
    return {key: _at_key(key, value, pointer, MAXIMUM_DEPTH, can_go=True) for key, value in sent.items()}


def check_name(name: str, pointer: str) -> None:
    """BadInput for a name that is empty, too long, or has control characters."""
    if not _IS_NAME(name):
        expected = f"Expected a name of 1 to {LONGEST_NAME} characters without control characters"
        raise BadInput(f"{expected}, found {_found(name)}.", field=pointer)


def _at_key(key: str, value: object, pointer: str, depth: int, *, can_go: bool = False) -> Any:
    here = f"{pointer}/{token(key)}"
    check_name(key, here)
    return None if value is None and can_go else _value(value, here, depth)


def _value(value: object, pointer: str, depth: int) -> Any:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT or "\0" in value:
            expected = f"Expected a text of at most {LONGEST_TEXT:,} characters without the character U+0000"
            raise BadInput(f"{expected}, found {_found(value)}.", field=pointer)
        return value
    if isinstance(value, dict):
        if not depth:
            raise BadInput(f"Expected at most {MAXIMUM_DEPTH} lists in one another, found more.", field=pointer)
        return {key: _at_key(key, each, pointer, depth - 1) for key, each in value.items()}
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 5.0 is a whole number in JSON
    if isinstance(value, bool) or not isinstance(value, int):
        expected = "Expected text, a whole number, or an object of them"
        raise BadInput(f"{expected}, found {_found(value)}.", field=pointer)
    if abs(value) > LARGEST_EXACT:
        raise BadInput(f"Expected a whole number up to {LARGEST_EXACT:,} in size, found a larger one.", field=pointer)
    return value


def _found(value: object) -> str:
    """What there is, in words that quote nothing of it."""
    if isinstance(value, str):
        return f"{len(value):,} characters"
    if isinstance(value, bool):
        return "true or false"
    kinds = {float: "a number with a fraction", list: "an array", type(None): "null"}
    return kinds.get(type(value), type(value).__name__)


def token(key: str) -> str:
    """A key as a part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")


def utc(at: datetime, pointer: str) -> datetime:
    """The instant in UTC. BadInput for one that UTC has no year for."""
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise BadInput("This time lies outside the years 1 to 9999 in UTC.", field=pointer) from error
