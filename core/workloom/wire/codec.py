"""JSON of the values that are sent: those of the domain as they are, and the one class that is no Struct."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import Struct

from workloom.domain.errors import BadInput
from workloom.domain.options import OptionProblem, OptionSet, OptionSource


class _Options(Struct, frozen=True, kw_only=True):
    """An `OptionSet` as it is sent."""

    values: Mapping[str, OptionSource]
    problems: tuple[OptionProblem, ...] = ()


def _to_send(value: object) -> object:
    if isinstance(value, OptionSet):
        return _Options(values={name: value.source(name) for name in value.names()}, problems=value.problems)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be sent.")


def _as_sent(type_: type, value: object) -> object:
    if type_ is OptionSet:
        options = msgspec.convert(value, _Options)
        return OptionSet(options.values, options.problems)
    if type_ is object:  # raw settings of a person
        return value
    raise TypeError(f"{type_.__name__} cannot be read.")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_to_send)


@cache
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_, dec_hook=_as_sent)


def encode(value: object) -> bytes:
    """The value as JSON. Half a character, which a text of a field may hold and JSON may not, is sent as U+FFFD."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return _ENCODER.encode(_of_whole_characters(msgspec.to_builtins(value, enc_hook=_to_send)))


def _of_whole_characters(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_of_whole_characters(name): _of_whole_characters(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_of_whole_characters(inner) for inner in value]
    return value


def decode(type_: Any, body: bytes | bytearray | memoryview | str) -> Any:
    """The value of that type. BadInput says what was expected, and `where` is the path of the field."""
    try:
        return _decoder(type_).decode(body)
    except msgspec.ValidationError as error:
        raise _unfit(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"This is no JSON: {error}.") from error
    except RecursionError as error:
        raise BadInput("The JSON is nested too deeply.") from error


def convert_to(type_: Any, value: object) -> Any:
    """Like `decode`, for a value that was read already."""
    try:
        return msgspec.convert(value, type_, dec_hook=_as_sent)
    except msgspec.ValidationError as error:
        raise _unfit(error) from error


def _unfit(error: msgspec.ValidationError) -> BadInput:
    message, _, path = str(error).partition(" - at `$")
    return BadInput(f"{message.rstrip('.')}.", where=path.rstrip("`").lstrip("."))
