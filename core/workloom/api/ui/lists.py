"""Lists, trees, and the panes that they stand in."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PyQt6.QtWidgets import QWidget

from workloom.api.shown import Column, Node, PageRequest, Row


class Table(Protocol):
    """A list that is read page by page. The current row and the ticks stay by id, whatever is fetched anew."""

    @property
    def widget(self) -> QWidget: ...
    def on_fetch(self, fetch: Callable[[PageRequest], None]) -> None:
        """`fetch(request)` is called when rows are needed that are not there; answer the request."""

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; of optional ones as many as have room."""

    def sort_by(self, sort: str, descending: bool) -> None:
        """The list's own order; one that the person chose is kept and stands. The current row stays current."""

    def sorting(self) -> tuple[str, bool]:
        """Sort key and direction in force."""

    def refresh(self) -> None:
        """Fetch again what is visible; the current row and the selection stay by id."""

    def renew(self, rows: Sequence[Row]) -> None:
        """Say rows anew that are on show, such as those whose times go on; only cells that changed are drawn."""

    def reset_rows(self) -> None:
        """Forget all rows and begin anew at the top: another list is shown."""

    def current(self) -> str:
        """Id of the current row, empty = none."""

    def choose(self, row: str) -> None:
        """Make a row current, wherever in the list it stands, and bring it into sight; the first if it is not there."""

    def selected(self) -> tuple[str, ...]:
        """Ids of the ticked rows, in the order of the list."""

    def clear_selection(self) -> None: ...
    def on_current(self, changed: Callable[[str], None]) -> None: ...
    def on_open(self, opened: Callable[[str], None]) -> None: ...
    def on_selection(self, changed: Callable[[tuple[str, ...]], None]) -> None: ...
    def on_button(self, pressed: Callable[[str, str], None]) -> None:
        """`pressed(row, column)` is called when the person clicks a cell that is drawn as a button."""

    def on_key(self, key: str, pressed: Callable[[], None]) -> None:
        """A single letter that works in this list only, such as `E`."""


class Tree(Protocol):
    """An explorer tree; expansion and the current node stay by id."""

    @property
    def widget(self) -> QWidget: ...
    def set_nodes(self, nodes: Sequence[Node]) -> None: ...
    def current(self) -> str: ...
    def choose(self, node: str) -> None:
        """Make a node current, calling back."""

    def on_current(self, changed: Callable[[str], None]) -> None: ...


class ListPanes(Protocol):
    """Explorer, list and details side by side: details go below the list under 1180, the explorer goes under 1080."""

    @property
    def widget(self) -> QWidget: ...
    def on_explorer(self, shown: Callable[[bool], None]) -> None:
        """Call back when the explorer comes or goes, for the drop-down that takes its place; and at once."""
