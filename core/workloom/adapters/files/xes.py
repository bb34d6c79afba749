"""Logs of work in XES (IEEE 1849, https://xes-standard.org), plain or gzipped, read as a stream.

The file may be anybody's: document types and entities are refused, depth, lengths and the size of what is unpacked are
bounded, and nothing outside the file is ever opened.
"""

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, cast
from xml.parsers import expat

from msgspec import Struct

from workloom.domain.errors import BadInput

_CHUNK: Final = 1 << 16
MOST_BYTES: Final = 4 << 30
"""Bytes of XML that are read at most, so that a small archive does not fill the day."""

MOST_DEPTH: Final = 32
MOST_SIGNS: Final = 10_000
"""Characters of one attribute of an element."""

_GZIP: Final = b"\x1f\x8b"


class LoggedEvent(Struct, frozen=True, kw_only=True):
    """One event: `concept:name`, `lifecycle:transition` in small letters, `org:resource`, and when."""

    case: str
    name: str
    transition: str
    resource: str
    at: datetime


def logged_events(path: Path) -> Iterator[LoggedEvent]:
    """The events of all cases in the order of the file. BadInput names the line that cannot be read."""
    reader = _Reader(path)
    try:
        plain = path.open("rb")
    except OSError as error:
        raise BadInput(f"The log cannot be read ({error.strerror}).", where=str(path)) from error
    with plain:
        packed = plain.read(2) == _GZIP
        plain.seek(0)
        file = cast("IO[bytes]", gzip.GzipFile(fileobj=plain) if packed else plain)
        try:
            while chunk := file.read(_CHUNK):
                yield from reader.feed(chunk)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise BadInput(f"The archive is damaged ({error}). Get the file anew.", where=str(path)) from error
        yield from reader.feed(b"", last=True)


class _Reader:
    """Events out of the elements `log > trace > event > string|date` with `key` and `value`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: list[LoggedEvent] = []
        self._depth = self._bytes = self._cases = 0
        self._event_depth = self._trace_depth = 0
        self._case = ""
        self._values: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_type
        self._parser.EntityDeclHandler = self._refuse_type

    def feed(self, chunk: bytes, *, last: bool = False) -> list[LoggedEvent]:
        """The events that end in this part of the file."""
        self._bytes += len(chunk)
        if self._bytes > MOST_BYTES:
            raise self._bad(f"The log is larger than {MOST_BYTES >> 30} GiB. Cut it into parts.")
        self._found = []
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise self._bad(f"This is no XML that can be read ({expat.errors.messages[error.code]}).") from error
        return self._found

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise self._bad(f"The elements are nested deeper than {MOST_DEPTH}.")
        if any(len(value) > MOST_SIGNS for value in attributes.values()):
            raise self._bad(f"An attribute is longer than {MOST_SIGNS:,} characters.")
        name = tag.rpartition(" ")[2]
        if self._depth == 1 and name != "log":
            raise self._bad(f"An XES log begins with <log>, this file with <{name[:40]}>.")
        if name == "trace" and self._depth == 2:
            self._cases += 1
            self._trace_depth, self._case = self._depth, f"case-{self._cases}"
        elif name == "event" and self._depth == self._trace_depth + 1 and self._trace_depth:
            self._event_depth, self._values = self._depth, {}
        elif self._event_depth and self._depth == self._event_depth + 1:
            self._values[attributes.get("key", "")] = attributes.get("value", "")
        elif self._trace_depth and self._depth == self._trace_depth + 1 and attributes.get("key") == "concept:name":
            self._case = attributes.get("value", "") or self._case

    def _end(self, _tag: str) -> None:
        if self._depth == self._event_depth:
            self._event_depth = 0
            self._found.append(self._event())
        elif self._depth == self._trace_depth:
            self._trace_depth = 0
        self._depth -= 1

    def _event(self) -> LoggedEvent:
        values = self._values
        text = values.get("time:timestamp", "")
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            raise self._bad(f"An event needs its time:timestamp in ISO 8601, found “{text[:40]}”.") from error
        return LoggedEvent(
            case=self._case,
            name=values.get("concept:name", ""),
            transition=values.get("lifecycle:transition", "complete").lower(),
            resource=values.get("org:resource", ""),
            at=at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC),
        )

    def _refuse_type(self, *_: object) -> None:
        raise self._bad("The file declares a document type or an entity. A log of work needs none; it is not read.")

    def _bad(self, message: str) -> BadInput:
        return BadInput(message, where=f"{self._path}, line {self._parser.CurrentLineNumber}")
