"""How an export is read as messages: the mapping as values. Its file format is in docs/reference/mapping.md."""

import codecs
from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from workloom.domain.capture_messages import Verb

CSV, JSON_LINES = "csv", "json-lines"
FORMATS = (CSV, JSON_LINES)
ISO, EPOCH, EPOCH_MS = "iso", "epoch", "epoch-ms"
"""Time formats beside those of strptime: ISO 8601, seconds and milliseconds since 1970 in UTC."""


_OF_HOST_NAMES: Final = ("idna", "punycode")


class TimeStyle(Struct, frozen=True):
    """How instants are written: a format, and the zone of those that name none."""

    format: str = ISO
    zone: str = "UTC"


class Source(Struct, frozen=True, kw_only=True):
    """Where one value comes from: a column, a text with columns in braces, or always the same value.

    `values` translates what the column says, `other` what is not in it (None = such a row is rejected).
    """

    column: str = ""
    text: str = ""
    value: str | int | None = None
    values: Mapping[str, str | int] = {}
    other: str | int | None = None
    number: bool = False
    time: TimeStyle = TimeStyle()


class CaptureMapping(Struct, frozen=True, kw_only=True):
    """A whole mapping. `unknown` are texts that mean "not known", beside the empty one.

    `defaults` are fields of an item where a row does not say.
    """

    format: str = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    unknown: frozenset[str] = frozenset()
    id: str = ""
    revision: str = ""
    verb: str = ""
    verbs: Mapping[str, Verb] = {}
    other_verb: Verb | None = None
    fields: Mapping[str, Source] = {}
    defaults: Mapping[str, str | int] = {}
    attached: Mapping[str, Source] = {}
    rest: bool = False
    rest_except: tuple[str, ...] = ()
    contact_key: Source | None = None
    contact: Mapping[str, Source] = {}

    def columns(self) -> frozenset[str]:
        """All columns that the mapping names."""
        sources = [*self.fields.values(), *self.attached.values(), *self.contact.values()]
        if self.contact_key is not None:
            sources.append(self.contact_key)
        named = {self.id, self.revision, self.verb}
        named.update(column for source in sources for column in columns_of(source))
        return frozenset(named - {""})


def known_encoding(name: str) -> str:
    """The plain name of a text encoding that files may have, empty if there is no such one."""
    try:
        codec = codecs.lookup(name)
        "a".encode(codec.name)
    except (LookupError, TypeError, ValueError):
        return ""
    if codec.name in _OF_HOST_NAMES:
        return ""
    # "utf-8-sig" takes away the mark, which the reader of lines does for all.
    return "utf-8" if codec.name == "utf-8-sig" else codec.name


def columns_of(source: Source) -> tuple[str, ...]:
    """The columns that a value is made from."""
    return (source.column,) if source.column else tuple(name for _, name in pieces(source.text) if name)


def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """A text with columns in braces as (text before, column) pairs; the last column is empty.

    ValueError for a brace without its fellow. Doubled braces stand for themselves.
    """
    found: list[tuple[str, str]] = []
    before, at = "", 0
    while at < len(text):
        if text.startswith(("{{", "}}"), at):
            before, at = before + text[at], at + 2
        elif text[at] == "{":
            close = text.find("}", at)
            if close < 0 or not text[at + 1 : close].strip():
                raise ValueError(f"the brace at position {at + 1} holds no column")
            found.append((before, text[at + 1 : close].strip()))
            before, at = "", close + 1
        elif text[at] == "}":
            raise ValueError(f"the brace at position {at + 1} closes nothing")
        else:
            before, at = before + text[at], at + 1
    return (*found, (before, ""))
