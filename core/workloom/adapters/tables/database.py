"""A database as the groups of tables see it: rows by statement, writes, and how values stand in columns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from workloom.adapters.tables.item_rows import ItemRows

Row = tuple[Any, ...]
"""Columns in the order in which the statement names them."""

Values = Sequence[Any] | Mapping[str, Any]
"""Parameters by position or by name."""


class Database(Protocol):
    """One connection, in one transaction or snapshot. Raises what the driver raises; the store says it in our words."""

    @property
    def items(self) -> ItemRows:
        """How an item stands in a row."""
        ...

    def rows(self, statement: str, values: Values = ()) -> Iterable[Row]:
        """The rows that a statement gives; what was written before is seen."""
        ...

    def row(self, statement: str, values: Values = ()) -> Row | None:
        """Its first row."""
        ...

    def write(self, statement: str, values: Values = ()) -> None:
        """Carry out a statement whose answer nobody needs: at once, or together with others before the next reading."""
        ...

    def at(self, instant: datetime) -> Any:
        """An instant as a column keeps it."""
        ...

    def instant(self, kept: Any) -> datetime:
        """What a column keeps, as an aware UTC instant."""
        ...

    def list_of(self, values: Sequence[Any]) -> Any:
        """Many values as one parameter."""
        ...

    def text(self, text: str) -> str:
        """A text as the full-text search keeps it."""
        ...

    def words(self, text: str) -> str:
        """What people type into a search field as an expression of the full-text search; empty = nothing."""
        ...
