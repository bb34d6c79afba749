"""What functions of plugins return, checked under guard: a value of a wrong type is the plugin's fault."""

from typing import TypeVar

import msgspec
from msgspec import Struct

Kind = TypeVar("Kind")


def returned(value: object, kind: type[Kind]) -> Kind:
    """The value. TypeError if it is of another kind, or has fields of a wrong type; it says no value of any field."""
    if not isinstance(value, kind):
        found = "None" if value is None else f"an object of type {type(value).__name__}"
        raise TypeError(f"expected {kind.__name__}, found {found}")
    if isinstance(value, Struct):
        try:
            msgspec.convert(msgspec.to_builtins(value), kind)
        except (msgspec.ValidationError, TypeError) as error:
            raise TypeError(f"{kind.__name__}: {error}") from None
    return value
