"""The widget kit as plugins see it: the one module of the API that knows Qt.

`kit(context)` gives the kit of an agent's window. Factories return plain Qt widgets that the theme already styles, or
small objects with a `.widget`. Every text is plain text: what a customer wrote is never read as markup. Names of
colours are the tokens of the design (`accent`, `muted`, `danger` …); names of icons are Lucide's, and
`presence:ready`, `priority:3` are our own glyphs.
"""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol, cast

from msgspec import Struct
from PyQt6.QtCore import QObject
from PyQt6.QtGui import QColor, QIcon, QPixmap
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from workloom.api.context import Context
from workloom.api.contributions import Fact
from workloom.api.item_details import ItemDetails
from workloom.api.shown import Cell, Choice, Column, Node, PageRequest, Row

__all__ = [
    "Badge",
    "BadgeTone",
    "ButtonKind",
    "Cell",
    "Choice",
    "Column",
    "EditWidgets",
    "Field",
    "Form",
    "ItemPanel",
    "LabelRole",
    "ListPanes",
    "Node",
    "PageRequest",
    "Popup",
    "Row",
    "Segmented",
    "Table",
    "Tabs",
    "Tokens",
    "Toolbar",
    "ToolbarItem",
    "Tree",
    "Ui",
    "Undo",
    "WhenGone",
    "kit",
]

ButtonKind = Literal["plain", "primary", "quiet", "danger", "link"]
BadgeTone = Literal["neutral", "accent", "success", "warning", "danger"]
LabelRole = Literal[
    "base", "muted", "meta", "small", "strong", "panel-title", "item-title", "greeting", "mono", "danger", "link"
]
Undo = Callable[[], None]


class Tokens(Protocol):
    """The colours in force."""

    dark: bool

    def color(self, name: str) -> QColor:
        """A token's colour. KeyError if there is no such token."""

    def on_change(self, changed: Callable[[], None]) -> Undo:
        """Call `changed` after the theme has been switched; returns its undo."""


class Field(Protocol):
    """A widget in which a value is edited. `widget` is what goes into a layout."""

    @property
    def widget(self) -> QWidget: ...
    def text(self) -> str:
        """The value as text: the id of the chosen entry, `true`/`false` of a check box."""

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""

    def set_error(self, text: str) -> None:
        """Mark the field as wrong; empty = right again."""

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back at each edit by the person."""

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person leaves the field, or chooses."""


class Badge(Protocol):
    """A word on a soft ground."""

    @property
    def widget(self) -> QLabel: ...
    def set(self, text: str, tone: BadgeTone = "neutral", icon: str = "") -> None:
        """Change what it says; empty text hides it."""


class Segmented(Protocol):
    """One of two to four."""

    @property
    def widget(self) -> QWidget: ...
    def current(self) -> str: ...
    def choose(self, choice: str) -> None:
        """Make a choice current without calling back."""

    def set_text(self, choice: str, text: str) -> None:
        """Change the words of a choice, for a count."""


class Form(Protocol):
    """Labels and fields in one or two columns; labels stand above the fields below 560 px."""

    @property
    def widget(self) -> QWidget: ...
    def add(self, key: str, label: str, field: Field, *, required: bool = False, wide: bool = False) -> None:
        """Add an editable field; `wide` takes both columns."""

    def add_text(self, key: str, label: str, text: str) -> None:
        """Add a read-only value that can be selected and copied."""

    def set_text(self, key: str, text: str) -> None:
        """Change a read-only value."""

    def set_error(self, key: str, text: str) -> None:
        """Show one line below the field; empty takes it away."""

    def flash(self, key: str, said: str = "") -> None:
        """Soft ground for 1.5 s: somebody else changed the field; `said` stands below it a little longer."""

    def set_link(self, key: str, opened: Callable[[], None] | None, tip: str = "") -> None:
        """Put an icon after a read-only value that opens what it names; None takes it away. `tip` is its tooltip."""


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

    def reset_rows(self) -> None:
        """Forget all rows and begin anew at the top: another list is shown."""

    def current(self) -> str:
        """Id of the current row, empty = none."""

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


class ListPanes(Protocol):
    """Explorer, list and details side by side: details go below the list under 1180, the explorer goes under 1080."""

    @property
    def widget(self) -> QWidget: ...
    def on_explorer(self, shown: Callable[[bool], None]) -> None:
        """Call back when the explorer comes or goes, for the drop-down that takes its place; and at once."""


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
    def toolbar(self, *, leading: bool = False) -> Toolbar: ...
    def tabs(self) -> Tabs: ...

    def text_field(self, name: str, *, placeholder: str = "", unit: str = "") -> Field: ...
    def date_field(self, name: str) -> Field: ...
    def combo(self, name: str, choices: Sequence[Choice], *, placeholder: str = "") -> Field: ...
    def check(self, name: str, text: str = "") -> Field: ...
    def text_area(self, name: str, *, lines: int = 3, placeholder: str = "") -> Field: ...
    def search_field(self, name: str, *, placeholder: str = "", key: str = "") -> Field: ...
    def form(self, *, columns: int = 2) -> Form: ...

    def table(self, name: str, columns: Sequence[Column], *, checkable: bool = False) -> Table: ...
    def list_tools(self, table: Table) -> QWidget:
        """Buttons above a list: by what it is sorted, and which columns it has."""

    def tree(self, name: str) -> Tree: ...

    def item_panel(self) -> ItemPanel: ...
    def list_panes(self, items: QWidget, details: QWidget, *, explorer: QWidget | None = None) -> ListPanes: ...
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


EditWidgets = QLineEdit | QComboBox | QCheckBox | QPlainTextEdit
"""The widgets that fields are made of, for tests and for focus."""


def kit(context: Context) -> Ui:
    """The widget kit of the agent's window."""
    return cast(Ui, context.kit)


class WhenGone:
    """Calls undos when a widget is destroyed, for as long as somebody keeps this; the widget itself may keep it.

    `destroyed.connect(lambda …)` can end the program: the garbage collector empties a function first and then has Qt
    call it. Of a method like this one's Qt keeps a weak reference, which is cleared before anything is emptied.
    """

    def __init__(self, widget: QObject, *undos: Callable[[], object]) -> None:
        self._undos = undos
        widget.destroyed.connect(self._gone)

    def _gone(self, _widget: object) -> None:
        for undo in self._undos:
            undo()
