"""How values are written to columns: instants as text of fixed width, lists and mappings as JSON."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from msgspec import json

_encode = json.Encoder(order="deterministic").encode
_decode = json.Decoder().decode


@lru_cache(maxsize=4096)  # the instant of a change stands in several columns of several rows
def at_text(at: datetime) -> str:
    """`2026-11-20T13:41:07.000000Z`: text order is time order."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:26] + "Z"


def at_value(text: str) -> datetime:
    """The instant of a column."""
    return datetime.fromisoformat(text)


def json_text(value: object) -> str:
    """JSON with sorted keys, so that the same value is the same text."""
    return _encode(value).decode()


def json_value(text: str) -> Any:
    """What the JSON of a column says."""
    return _decode(text)
