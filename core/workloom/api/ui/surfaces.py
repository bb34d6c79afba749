"""What other widgets stand on: tabs, toolbars, pop-ups, panels."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct
from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import Fact
from workloom.api.item_details import ItemDetails


class Tabs(Protocol):
    """Underlined tabs over pages."""

    @property
    def widget(self) -> QWidget: ...
    def add(self, key: str, title: str, page: QWidget) -> None: ...
    def remove(self, key: str) -> None: ...
    def set_title(self, key: str, title: str) -> None: ...
    def choose(self, key: str) -> None: ...
    def current(self) -> str: ...
    def on_current(self, changed: Callable[[str], None]) -> None: ...
    def corner(self, widget: QWidget) -> None:
        """A widget at the right end of the tab row."""


class ToolbarItem(Struct, frozen=True, kw_only=True):
    """A button of a toolbar. `hidden_in_menu` ones stand only behind ⋯; `from_plugin` names a guest there."""

    id: str
    text: str
    run: Callable[[QWidget], None]
    icon: str = ""
    key: str = ""
    show_key: bool = False
    primary: bool = False
    enabled: bool = True
    reason: str = ""
    in_menu: bool = False
    from_plugin: str = ""


class Toolbar(Protocol):
    """Buttons of which one is primary; what does not fit loses its text, then goes to ⋯ from the right."""

    @property
    def widget(self) -> QWidget: ...
    def set_items(self, items: Sequence[ToolbarItem]) -> None:
        """Show these; a button that stays keeps its focus."""

    def button(self, item: str) -> QWidget | None:
        """The button of an item, None if it stands behind ⋯."""


class Popup(Protocol):
    """A framed surface that opens at a widget and closes when the person looks elsewhere."""

    @property
    def body(self) -> QWidget:
        """Put a layout on it."""

    def open_at(self, anchor: QWidget | None, *, width: int = 0) -> None:
        """Show it below `anchor`, inside the screen; without an anchor in the middle of the window."""

    def close(self) -> object: ...
    def on_closed(self, closed: Callable[[], None]) -> None: ...


class ItemPanel(Protocol):
    """The panel beside a list of items: Details, Notes and Case data of the current row, in tabs."""

    @property
    def widget(self) -> QWidget: ...
    def show_item(self, details: ItemDetails | None, facts: Sequence[Fact] = ()) -> None:
        """Show an item with these facts; None: nothing is chosen."""

    def show_problem(self, text: str) -> None:
        """Say in place of an item why it cannot be shown."""

    def set_foot(self, text: str, icon: str = "", keys: Sequence[str] = ()) -> None:
        """A line below all tabs, with an icon before it or keys behind it; empty = none."""

    def put_above(self, widget: QWidget) -> None:
        """A widget between the title and the facts."""

    def put_below(self, widget: QWidget) -> None:
        """A widget below the facts, instead of the latest note."""

    def add_tab(self, key: str, title: str, page: QWidget) -> None:
        """One more tab at the end."""


class PanelEdge(Protocol):
    """The left edge of a panel that stands at the right: it is dragged, or moved by the arrow keys."""

    @property
    def widget(self) -> QWidget:
        """Put it leftmost into the panel."""

    def chosen(self) -> int:
        """The width that the person chose, in pixels of the text size in force; 0 = none."""
