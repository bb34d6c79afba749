"""Lines of a text file: decoded one by one, so that a wrong byte spoils its line and not the file.

An encoding that extends ASCII is read line by line as bytes; UTF-16 and UTF-32 are decoded as a stream.
"""

import codecs
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from workloom.domain.capture_mapping import known_encoding
from workloom.domain.errors import BadInput

MAX_LINE = 16 * 1024 * 1024
"""Longest line, in bytes or (UTF-16, UTF-32) characters; of a longer one nothing is kept."""

CHUNK = 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that one's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32")


class Line(Struct, frozen=True):
    """A line without its end. `problem` says why it cannot be read."""

    number: int
    text: str
    problem: str = ""


class Lines:
    """The lines of a file, counted from 1, with how much of the file has been read."""

    def __init__(self, path: Path, encoding: str) -> None:
        """Open the file. BadInput if it cannot be opened, is empty, or is plainly in another encoding."""
        self.path = path
        self.encoding = known_encoding(encoding) or encoding
        try:
            self._size = path.stat().st_size
            self._file = path.open("rb")
        except OSError as error:
            raise self._bad(f"The file cannot be opened: {error.strerror}.") from error
        try:
            self._begin = self._checked_beginning(self._file.read(4096))
        except BadInput:
            self.close()
            raise
        self._file.seek(self._begin)

    @property
    def progress(self) -> float:
        """How much has been read, 0 to 1."""
        return 1.0 if self._file.closed else min(1.0, self._file.tell() / self._size)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def __iter__(self) -> Iterator[Line]:
        """The lines. BadInput for a stream that cannot be decoded further."""
        return self._decoded_lines() if self.encoding.startswith(_WIDE) else self._byte_lines()

    def _bad(self, message: str) -> BadInput:
        return BadInput(message, where=str(self.path))

    def _checked_beginning(self, start: bytes) -> int:
        """How many bytes the mark has."""
        mark, marked = next(((mark, name) for mark, name in _MARKS if start.startswith(mark)), (b"", ""))
        if marked and not self.encoding.startswith(marked):
            raise self._bad(
                f"The file begins with the mark of {marked} at byte 0, but is read as {self.encoding}."
                f' Set encoding = "{marked}" in the mapping.'
            )
        if not start[len(mark) :].strip():
            raise self._bad("The file is empty.")
        if not marked and start[:64].count(0) * 4 > len(start[:64]) and not self.encoding.startswith(_WIDE):
            raise self._bad(
                f"There are zero bytes from byte {start.index(0):,} on: this is no {self.encoding}."
                f' Try encoding = "{"utf-16-le" if start[1:2] == bytes(1) else "utf-16-be"}" in the mapping.'
            )
        if self.encoding in _WIDE and not marked:
            raise self._bad(
                f"The file has no mark that tells the order of its bytes, as {self.encoding} needs."
                f' Set encoding = "{self.encoding}-le" or "{self.encoding}-be" in the mapping.'
            )
        # "utf-16" and "utf-32" need the mark to know the order of bytes, and take it away themselves.
        return 0 if self.encoding in _WIDE else len(mark)

    def _byte_lines(self) -> Iterator[Line]:
        number, offset = 0, self._begin
        while raw := self._file.readline(MAX_LINE + 1):
            number += 1
            begin = offset
            offset += len(raw)
            if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
                while rest := self._file.readline(MAX_LINE):
                    offset += len(rest)
                    if rest.endswith(b"\n"):
                        break
                yield Line(number, "", too_long(offset - begin, "bytes"))
                continue
            raw = raw.rstrip(b"\r\n")
            try:
                yield Line(number, raw.decode(self.encoding))
            except UnicodeDecodeError as error:
                yield Line(
                    number,
                    raw.decode(self.encoding, "backslashreplace"),
                    f"Byte 0x{raw[error.start]:02X} at byte {begin + error.start:,} of the file is not"
                    f' {self.encoding}. Try encoding = "{other_than(self.encoding)}" in the mapping.',
                )

    def _decoded_lines(self) -> Iterator[Line]:
        number, rest, dropped = 0, "", 0
        for text in self._decoded_texts():
            parts = (rest + text).split("\n")
            rest = parts.pop()
            for part in parts:
                number += 1
                if dropped or len(part) > MAX_LINE:
                    yield Line(number, "", too_long(dropped + len(part), "characters"))
                    dropped = 0
                else:
                    yield Line(number, part.rstrip("\r"))
            if len(rest) > MAX_LINE:
                dropped, rest = dropped + len(rest), ""
        if rest or dropped:
            problem = too_long(dropped + len(rest), "characters") if dropped else ""
            yield Line(number + 1, "" if problem else rest.rstrip("\r"), problem)

    def _decoded_texts(self) -> Iterator[str]:
        """The text in pieces; what can be read comes before the BadInput for what cannot."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        position, chunk = self._begin, b" "
        while chunk:
            chunk = self._file.read(CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                yield decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                yield decoder.decode(chunk[: max(0, error.start - pending)])
                raise self._bad(
                    f"Byte {position - pending + error.start:,} and what follows is not {self.encoding}. Rows before it"
                    f' are imported. Try encoding = "{other_than(self.encoding)}" in the mapping.'
                ) from error
            position += len(chunk)


def other_than(encoding: str) -> str:
    """The encoding to try where this one does not fit."""
    return "cp1252" if encoding.startswith("utf-") else "utf-8"


def too_long(length: int, unit: str) -> str:
    """The reason why a line is not kept."""
    return f"The line has {length:,} {unit}. At most {MAX_LINE:,} are read."
