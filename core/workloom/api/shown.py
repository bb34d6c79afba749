"""What lists, trees and choices show, as values. The widgets of `workloom.api.ui` take them. No Qt."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

Align = Literal["left", "right"]


class Choice(Struct, frozen=True, kw_only=True):
    """One entry of a combo. With `choices` it is a folder, which cannot be chosen itself."""

    id: str
    text: str
    choices: tuple["Choice", ...] = ()


class Cell(Struct, frozen=True, kw_only=True):
    """What a table cell shows. `tone`: muted, warning, danger, accent or empty. `button`: it is drawn as one."""

    text: str
    icon: str = ""
    tone: str = ""
    tooltip: str = ""
    button: bool = False


class Column(Struct, frozen=True, kw_only=True):
    """A column of a table; `sort` is given back to `on_fetch`, empty = cannot be sorted by.

    `width` is in pixels at 100 % text size. A `whole` column is never narrower than its text: numbers and dates are not
    cut off. `optional` ones go, from the right, where there is no room for all.
    """

    key: str
    title: str
    width: int = 120
    stretch: bool = False
    align: Align = "left"
    sort: str = ""
    whole: bool = False
    optional: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """A row of a table by its id. `icon` stands before the first column; `unread` rows are bold with a dot."""

    id: str
    cells: Mapping[str, Cell]
    icon: str = ""
    unread: bool = False


class PageRequest(Protocol):
    """Rows that a table needs: `limit` of them from `offset` on, in this order. Answer it at once or later.

    Once the table has asked anew (sorted, refreshed, another list), the answer to an older request changes nothing.
    """

    @property
    def offset(self) -> int: ...
    @property
    def limit(self) -> int: ...
    @property
    def sort(self) -> str:
        """Sort key of a column, empty = the order of the list itself."""
        ...

    @property
    def descending(self) -> bool: ...
    @property
    def find(self) -> tuple[str, ...]:
        """Rows whose places in the whole list the table wants to know."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        ...

    def answer(self, rows: Sequence[Row], total: int, places: Mapping[str, int] | None = None) -> None:
        """Hand over the rows of a list of `total`. `places`: of those of `find` that are in it, counted from 0."""
        ...

    def failed(self) -> None:
        """The rows cannot be had now. They are asked for again when somebody looks at them."""
        ...


class Node(Struct, frozen=True, kw_only=True):
    """A node of a tree. `selectable` False = a heading. `expanded` False = closed until the person opens it."""

    id: str
    text: str
    icon: str = ""
    total: int | None = None
    unread: int = 0
    selectable: bool = True
    expanded: bool = True
    nodes: tuple["Node", ...] = ()
