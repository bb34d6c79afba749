"""Rows of a CSV file: a bad one says why and spoils no other."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

from workloom.adapters.files.csv_text import Dialect, OpenQuote, fields_of
from workloom.adapters.files.fields import problem_of
from workloom.adapters.files.lines import Line, Lines
from workloom.domain.errors import BadInput
from workloom.services.capture_ports import Row

MAX_LINES = 500
"""Lines that one record may go over: a quote that is never closed must not swallow the file."""


class CsvRows:
    """The rows of a CSV file with a header."""

    def __init__(self, path: Path, *, encoding: str = "utf-8", dialect: Dialect = Dialect()) -> None:  # noqa: B008
        """Open the file and read its header. BadInput names what is wrong with it."""
        self._lines = Lines(path, encoding)
        self._source = iter(self._lines)
        self._again: deque[Line] = deque()  # lines that are read once more after a quote that is never closed
        self._dialect = dialect
        try:
            self._columns = self._header()
        except BadInput:
            self.close()
            raise

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Columns of the header."""
        return self._columns

    @property
    def progress(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return self._lines.progress

    def close(self) -> None:
        """Let go of the file."""
        self._lines.close()

    def __iter__(self) -> Iterator[Row]:
        """The rows; lines without any text are none."""
        number = 0
        while (line := self._next()) is not None:
            if not line.text and not line.problem:
                continue
            number += 1
            yield self._row(number, line)

    def _row(self, number: int, line: Line) -> Row:
        text, problem, fields = self._record(line)
        problem = problem or self._problem_of(fields)
        if problem:
            return Row(number=number, line=line.number, text=text, problem=problem)
        values = dict(zip(self._columns, fields, strict=True))
        return Row(number=number, line=line.number, values=values, text=text)

    def _problem_of(self, fields: list[str]) -> str:
        if len(fields) != len(self._columns):
            found = "1 column" if len(fields) == 1 else f"{len(fields)} columns"
            return f"The row has {found}, the header has {len(self._columns)}."
        for column, field in zip(self._columns, fields, strict=True):
            if problem := problem_of(column, field):
                return problem
        return ""

    def _record(self, first: Line) -> tuple[str, str, list[str]]:
        """Text, problem and fields of the record that begins with a line."""
        if first.problem:
            return first.text, first.problem, []
        lines = [first]
        while True:
            text = "\n".join(line.text for line in lines)
            try:
                return text, "", fields_of(text, self._dialect)
            except OpenQuote:
                problem = self._lengthened(lines)
            if problem:
                self._again.extendleft(reversed(lines[1:]))
                return first.text, problem, []

    def _lengthened(self, lines: list[Line]) -> str:
        """Add the lines up to the next quote; the reason if there is none in reach."""
        while len(lines) < MAX_LINES:
            line = self._next()
            if line is None:
                break
            lines.append(line)
            if line.problem:
                return line.problem
            if self._dialect.quote in line.text:
                return ""
        return (
            f"A quote that opens in this row is not closed in the {len(lines):,} lines"
            f" from line {lines[0].number:,} on."
        )

    def _next(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._source, None)

    def _header(self) -> tuple[str, ...]:
        line = self._next()
        while line is not None and not line.text and not line.problem:
            line = self._next()
        assert line is not None
        text, problem, fields = self._record(line)
        if not problem and "\r" in text:
            problem = "Lines end with carriage returns alone. Save the file with line feeds (\\n or \\r\\n)."
        columns = tuple(field.strip() for field in fields)
        twice = next((column for column in columns if columns.count(column) > 1), None)
        if twice is not None:
            problem = f"The header names the column “{twice}” {columns.count(twice)} times. Each needs its own name."
        if problem:
            raise BadInput(problem, where=f"{self._lines.path}:{line.number}")
        return columns
