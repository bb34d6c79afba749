"""What lists, trees and choices show, as values. The widgets of `workloom.api.ui` take them. No Qt."""

from collections.abc import Mapping
from typing import Literal

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
    """A column of a table; `sort` is given back to `on_fetch`, empty = cannot be sorted by."""

    key: str
    title: str
    width: int = 120
    stretch: bool = False
    align: Align = "left"
    sort: str = ""


class Row(Struct, frozen=True, kw_only=True):
    """A row of a table by its id. `icon` stands before the first column; `unread` rows are bold with a dot."""

    id: str
    cells: Mapping[str, Cell]
    icon: str = ""
    unread: bool = False


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
