"""A request read: its parameters and its body by the types of the operation. What does not fit is told by its place."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec

from workloom.domain.errors import BadInput
from workloom.server.http_api.fields import token
from workloom.server.http_api.operations import Call, Operation, Parameter
from workloom.server.request import Incoming
from workloom.services.principals import Who

_PLACES: Final = {"path": "the path", "query": "the query", "header": "the headers"}
_MISSING: Final = "missing required field `"
_UNKNOWN: Final = "contains unknown field `"


class Unfit(BadInput):
    """The request does not fit the OpenAPI document."""


class WrongMedia(BadInput):
    """The body is of a type that the operation does not read."""


def read(operation: Operation, incoming: Incoming, who: Who) -> Call:
    """What the handler is called with. Unfit, WrongMedia."""
    known = {parameter.name for parameter in operation.parameters if parameter.place == "query"}
    for name in incoming.query:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise Unfit(f"Unknown name in the query; this operation knows {listed}.", where=f"query {name}")
    values = {parameter.key: _value(parameter, incoming) for parameter in operation.parameters}
    return Call(who=who, values=values, body=_body(operation, incoming))


def decode(type_: Any, body: bytes) -> Any:
    """A JSON body of that type. Unfit, whose `field` is the JSON pointer of what is wrong.

    A whole number may be written as `5.0`: JSON schema makes no difference, and some programs write all numbers so.
    """
    try:
        return _decoder(type_).decode(body)
    except msgspec.ValidationError as error:
        if "got `float`" not in str(error):
            raise unfit(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unfit(f"The body is no JSON in UTF-8: {error}.") from error
    except RecursionError as error:
        raise Unfit("The body is nested too deeply.") from error
    try:
        return msgspec.convert(whole(msgspec.json.decode(body)), type_, str_keys=True)
    except msgspec.ValidationError as error:
        raise unfit(error) from error


def whole(value: Any) -> Any:
    """The value with each number that has no fraction as a whole number."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {key: whole(each) for key, each in value.items()}
    return [whole(each) for each in value] if isinstance(value, list) else value


def unfit(error: msgspec.ValidationError, pointer: str = "") -> Unfit:
    """What msgspec says, as a sentence with a JSON pointer."""
    message, _, path = str(error).partition(" - at `$")
    pointer += pointer_of(path.rstrip("`"))
    for marker in (_MISSING, _UNKNOWN):
        _, found, rest = message.partition(marker)
        if found:
            pointer += f"/{token(rest.rpartition('`')[0])}"
    return Unfit(f"{message.rstrip('.')}.", field=pointer)


def pointer_of(path: str) -> str:
    """`.messages[0].attached[...]` → `/messages/0/attached`: where the name of a key is not told, what holds it."""
    found = ""
    for part in path.replace("[", ".[").split("."):
        if part.startswith("[") and not part[1:-1].isdecimal():
            break
        if part:
            found += f"/{token(part.strip('[]'))}"
    return found


@cache
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)


def _value(parameter: Parameter, incoming: Incoming) -> Any:
    places: Mapping[str, Mapping[str, str]] = {
        "path": incoming.path,
        "query": incoming.query,
        "header": incoming.headers,
    }
    name = parameter.name.lower() if parameter.place == "header" else parameter.name
    text = places[parameter.place].get(name)
    if text is None:
        return parameter.default
    where = f"{parameter.place} {parameter.name}"
    if parameter.type is bool:
        if text not in ("true", "false"):
            raise Unfit("Expected true or false.", where=where)
        return text == "true"
    try:
        value = msgspec.convert(text, parameter.type, strict=False)
    except msgspec.ValidationError as error:
        raise Unfit(f"{str(error).rstrip('.')}.", where=where) from error
    if isinstance(value, str) and value != value.strip("\r\n"):
        raise Unfit(f"A line break in {_PLACES[parameter.place]}.", where=where)
    return value


def _body(operation: Operation, incoming: Incoming) -> Any:
    if operation.body is None:
        if incoming.body:
            raise Unfit("This operation takes no body.")
        return None
    if not incoming.body and not operation.body_needed:
        return operation.body()
    sent = incoming.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent != operation.media_type:
        raise WrongMedia(f"Expected a body of type {operation.media_type}, found “{sent[:60] or 'none named'}”.")
    return decode(operation.body, incoming.body)
