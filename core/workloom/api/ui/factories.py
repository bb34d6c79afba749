"""The factories of all widgets, and how a plugin gets them."""

from collections.abc import Callable, Sequence
from typing import Protocol, cast

from PyQt6.QtGui import QIcon, QPixmap
from PyQt6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QToolButton, QWidget

from workloom.api.context import Context
from workloom.api.shown import Choice, Column
from workloom.api.ui.base import BadgeTone, ButtonKind, LabelRole, Tokens
from workloom.api.ui.fields import Badge, Field, Form, Segmented
from workloom.api.ui.lists import ListPanes, Table, Tree
from workloom.api.ui.surfaces import ItemPanel, PanelEdge, Popup, Tabs, Toolbar


class Ui(Protocol):
    """Factories for all widgets of the design."""

    @property
    def tokens(self) -> Tokens: ...
    @property
    def window(self) -> QWidget: ...

    def icon(self, name: str, *, token: str = "muted", size: int = 16) -> QIcon: ...
    def pixmap(self, name: str, *, token: str = "muted", size: int = 16) -> QPixmap: ...

    def label(
        self,
        text: str = "",
        role: LabelRole = "base",
        *,
        elide: bool = False,
        selectable: bool = False,
        wrap: bool = False,
    ) -> QLabel: ...
    def badge(self, text: str = "", *, tone: BadgeTone = "neutral", icon: str = "") -> Badge: ...
    def key_caps(self, key: str) -> QWidget: ...
    def line(self, *, vertical: bool = False) -> QFrame: ...
    def avatar(self, name: str, *, presence: str = "", size: int = 32) -> QWidget: ...
    def button(
        self,
        text: str,
        *,
        icon: str = "",
        kind: ButtonKind = "plain",
        key: str = "",
        small: bool = False,
        on_click: Callable[[], object] | None = None,
    ) -> QPushButton: ...
    def icon_button(
        self, icon: str, name: str, *, key: str = "", on_click: Callable[[], object] | None = None
    ) -> QToolButton: ...
    def chip(
        self, text: str, *, checked: bool = False, on_toggle: Callable[[bool], None] | None = None
    ) -> QPushButton: ...
    def segmented(self, choices: Sequence[tuple[str, str]], on_choose: Callable[[str], None]) -> Segmented: ...
    def wrapping(self, *widgets: QWidget, grow: QWidget | None = None) -> QWidget:
        """A row that goes on in the next line where there is no room; `grow` takes what is left of its line."""

    def toolbar(self, *, leading: bool = False) -> Toolbar: ...
    def tabs(self) -> Tabs: ...

    def text_field(self, name: str, *, placeholder: str = "", unit: str = "") -> Field: ...
    def date_field(self, name: str) -> Field: ...
    def date_time_field(self, name: str) -> Field:
        """A date with a time, in the zone of the desktop, which stands in the field."""

    def combo(self, name: str, choices: Sequence[Choice], *, placeholder: str = "") -> Field: ...
    def check(self, name: str, text: str = "") -> Field: ...
    def text_area(self, name: str, *, lines: int = 3, placeholder: str = "") -> Field: ...
    def search_field(self, name: str, *, placeholder: str = "", key: str = "") -> Field: ...
    def form(self, *, columns: int = 2) -> Form: ...

    def table(self, name: str, columns: Sequence[Column], *, checkable: bool = False, kept: str = "") -> Table:
        """A paged list. `name` is read aloud; how the person arranges the list is kept under `kept`, an id that is the
        same in every language, empty = under the name.
        """

    def list_tools(self, table: Table) -> QWidget:
        """Buttons above a list: by what it is sorted, and which columns it has."""

    def tree(self, name: str) -> Tree: ...

    def item_panel(self) -> ItemPanel: ...
    def list_panes(
        self, items: QWidget, details: QWidget, *, explorer: QWidget | None = None, name: str = "", kept: str = ""
    ) -> ListPanes:
        """Panes of a view; how the person divided them is kept as the order of a list is, without a name it is not."""

    def panel_edge(self, name: str, *, least: int, most: int, moved: Callable[[], None], kept: str = "") -> PanelEdge:
        """An edge that makes a panel between `least` and `most` wide, in pixels at 100 % text size.

        `moved` is called when the person wants another width, which is kept as the order of a list is. The name is
        read aloud.
        """

    def pane(self, part: QWidget) -> None:
        """Let F6 stop at a part of a view. Toolbars of items, forms, tabs and the panes of a list are parts already."""

    def empty_state(self, icon: str, title: str, text: str, *actions: QWidget) -> QWidget: ...
    def popup(self, name: str) -> Popup: ...
    def menu(
        self, anchor: QWidget | None, entries: Sequence[tuple[str, str, Callable[[], None]]], *, title: str = ""
    ) -> QMenu:
        """Show a menu of (text, icon, run) below the anchor."""

    def open_address(self, address: str) -> bool:
        """Open a web address in the browser; False if it may not be opened, or there is no browser."""

    def confirm(self, title: str, text: str, verb: str, *, danger: bool = False) -> bool:
        """Ask before something that cannot be undone; the safe button has the focus. Blocks in its own event loop."""


def kit(context: Context) -> Ui:
    """The widget kit of the agent's window."""
    return cast(Ui, context.kit)
