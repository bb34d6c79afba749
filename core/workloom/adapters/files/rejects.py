"""The file of rejected rows: number, line, reason, and the row as it was."""

import csv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from msgspec import json

from workloom.domain.errors import StorageError
from workloom.services.capture_ports import Row

COLUMNS = ("row", "line", "reason", "content")
MAX_CONTENT = 20_000
"""Characters of a row that are kept; of a longer one the beginning."""


class RejectsFile:
    """`capture_ports.Rejects` as a CSV file, made when the first row is rejected.

    The first of the candidates that can be written is taken; what stood there is overwritten. The content is a JSON
    text, so that no program that opens the file takes it for a formula.
    """

    def __init__(self, candidates: Sequence[Path]) -> None:
        self._candidates = candidates
        self._file: TextIO | None = None
        self._writer: Any = None
        self.path: Path | None = None

    def add(self, row: Row, reason: str) -> None:
        """Keep a row. StorageError if none of the candidates can be written."""
        if self._file is None:
            self._file = self._opened()
            self._writer = csv.writer(self._file)
            self._writer.writerow(COLUMNS)
        try:
            self._writer.writerow((row.number, row.line, reason, content_of(row)))
            self._file.flush()
        except OSError as error:
            raise self._lost(error) from error

    def forget_earlier(self) -> None:
        """Take away what an earlier import has left, when this one has ended without a rejected row."""
        if self._file is None:
            for path in self._candidates:
                with suppress(OSError):
                    if is_of_rejects(path):
                        path.unlink()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _opened(self) -> TextIO:
        last: OSError | None = None
        for path in self._candidates:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                file = path.open("w", encoding="utf-8", newline="")
            except OSError as error:
                last = error
                continue
            self.path = path
            return file
        raise self._lost(last) from last

    def _lost(self, error: OSError | None) -> StorageError:
        where = " or ".join(str(path) for path in self._candidates)
        reason = error.strerror if error is not None else "no place is named"
        return StorageError(
            f"Rejected rows cannot be kept in {where} ({reason}). The rows before them are imported."
            " Name another file with --rejects and import once more."
        )


def is_of_rejects(path: Path) -> bool:
    """Whether the file is one of rejected rows, and so may go."""
    header = ",".join(COLUMNS).encode() + b"\r\n"
    with path.open("rb") as file:
        return file.read(len(header)) == header


def content_of(row: Row) -> str:
    """The row as a JSON text, cut where it is too long."""
    text = row.text
    cut = f"… ({len(text):,} characters)" if len(text) > MAX_CONTENT else ""
    return json.encode([text[:MAX_CONTENT] + cut]).decode("utf-8", "replace")
