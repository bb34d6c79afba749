"""What the capture service needs of a file: rows, each readable or with the reason why it is not."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from msgspec import Struct


class Row(Struct, frozen=True, kw_only=True):
    """One row of an export. `number` counts rows from 1, `line` the lines of the file.

    `problem` says why the row cannot be read; then `values` is empty and `text` holds what was found. A nested object
    of a JSON row stays nested in `values`.
    """

    number: int
    line: int
    values: Mapping[str, Any] = {}
    text: str = ""
    problem: str = ""


class Rows(Protocol):
    """An open export."""

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Columns of the header, None where rows name their own."""
        ...

    @property
    def progress(self) -> float:
        """How much of the file has been read, 0 to 1."""
        ...

    def __iter__(self) -> Iterator[Row]:
        """The rows in their order. BadInput if the file cannot be read further."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Rejects(Protocol):
    """Where rows go that were rejected."""

    def add(self, row: Row, reason: str) -> None:
        """Keep a row with the reason."""
        ...
