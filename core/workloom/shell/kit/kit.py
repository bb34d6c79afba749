"""The widget kit: what `workloom.api.ui.Ui` promises, for one window."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QIcon, QPixmap
from PyQt6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QToolButton, QWidget

from workloom.api import ui
from workloom.shell.kit import buttons, labels, menu_rows, popup
from workloom.shell.kit.flow import Flow
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.menu import Menu
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.preferences import KeptLists, KeptSizes

if TYPE_CHECKING:
    from workloom.shell.kit.kept_size import Sizes
    from workloom.shell.kit.table_pages import Fetch


class Kit:
    """Factories of the design's widgets. Heavier ones are imported when first made."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, window: QWidget) -> None:
        self._tokens, self._icons, self._scale, self._window = tokens, icons, scale, window
        self.usual_list_key: Callable[[str], str] = str
        self.lists: KeptLists | None = None
        self.sizes: KeptSizes | None = None

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def icons(self) -> Icons:
        """Icons and their cache."""
        return self._icons

    @property
    def scale(self) -> TypeScale:
        """Fonts and sizes."""
        return self._scale

    @property
    def window(self) -> QWidget:
        """The window over which pop-ups open."""
        return self._window

    def icon(self, name: str, *, token: str = "muted", size: int = 16) -> QIcon:
        """An icon that follows the theme."""
        del size
        return self._icons.icon(name, token)

    def pixmap(self, name: str, *, token: str = "muted", size: int = 16) -> QPixmap:
        """An icon of the theme in force, at the scale of the window's screen."""
        return self._icons.pixmap(name, token, size, self._window.devicePixelRatioF())

    def label(
        self,
        text: str = "",
        role: ui.LabelRole = "base",
        *,
        elide: bool = False,
        selectable: bool = False,
        wrap: bool = False,
    ) -> QLabel:
        """A text in a role of the type scale."""
        return labels.label(self._scale, text, role, elide=elide, selectable=selectable, wrap=wrap)

    def badge(self, text: str = "", *, tone: ui.BadgeTone = "neutral", icon: str = "") -> ui.Badge:
        """A word on a soft ground."""
        return labels.Badge(self._icons, self._scale, text, tone, icon)

    def key_caps(self, key: str) -> QWidget:
        """The keys of a shortcut as caps."""
        return labels.key_caps(self._scale, key)

    def line(self, *, vertical: bool = False) -> QFrame:
        """A separator."""
        return labels.line(vertical=vertical)

    def avatar(self, name: str, *, presence: str = "", size: int = 32) -> QWidget:
        """Initials on a disc."""
        return labels.Avatar(self._tokens, self._icons, self._scale, name, presence, size)

    def button(
        self,
        text: str,
        *,
        icon: str = "",
        kind: ui.ButtonKind = "plain",
        key: str = "",
        small: bool = False,
        on_click: Callable[[], object] | None = None,
    ) -> QPushButton:
        """A button with its verb."""
        return buttons.button(
            self._tokens, self._icons, self._scale, text, icon=icon, kind=kind, key=key, small=small, on_click=on_click
        )

    def icon_button(
        self, icon: str, name: str, *, key: str = "", on_click: Callable[[], object] | None = None
    ) -> QToolButton:
        """A button with an icon; `name` is read aloud."""
        return buttons.icon_button(self._icons, icon, name, key, on_click)

    def chip(self, text: str, *, checked: bool = False, on_toggle: Callable[[bool], None] | None = None) -> QPushButton:
        """A filter or quick choice."""
        return buttons.chip(self._icons, self._scale, text, checked, on_toggle)

    def segmented(self, choices: Sequence[tuple[str, str]], on_choose: Callable[[str], None]) -> ui.Segmented:
        """One of two to four."""
        return buttons.Segmented(self._scale, choices, on_choose)

    def wrapping(self, *widgets: QWidget, grow: QWidget | None = None) -> QWidget:
        """Widgets in a row that goes on in the next line."""
        row = QWidget()
        flow = Flow(10)
        flow.grow = grow
        for widget in widgets:
            flow.addWidget(widget)
        row.setLayout(flow)
        return row

    def toolbar(self, *, leading: bool = False) -> ui.Toolbar:
        """A toolbar."""
        from workloom.shell.kit.toolbar import Toolbar

        return Toolbar(self._tokens, self._icons, self._scale, leading=leading)

    def tabs(self) -> ui.Tabs:
        """Tabs over pages."""
        from workloom.shell.kit.tabs import Tabs

        return Tabs(self._scale)

    def text_field(self, name: str, *, placeholder: str = "", unit: str = "") -> ui.Field:
        """One line of text."""
        from workloom.shell.kit.fields.text import TextField

        return TextField(self._tokens, self._scale, name, placeholder, unit)

    def date_field(self, name: str) -> ui.Field:
        """A date."""
        from workloom.shell.kit.fields.date import DateField

        return DateField(self._tokens, self._icons, self._scale, name)

    def date_time_field(self, name: str) -> ui.Field:
        """A date with a time."""
        from workloom.shell.kit.fields.date import DateTimeField

        return DateTimeField(self._tokens, self._icons, self._scale, name)

    def combo(self, name: str, choices: Sequence[ui.Choice], *, placeholder: str = "") -> ui.Field:
        """One of many, with folders."""
        from workloom.shell.kit.fields.combo import Combo

        return Combo(self._icons, name, choices, placeholder)

    def check(self, name: str, text: str = "") -> ui.Field:
        """A box."""
        from workloom.shell.kit.fields.check import CheckField

        return CheckField(self._icons, name, text)

    def text_area(self, name: str, *, lines: int = 3, placeholder: str = "") -> ui.Field:
        """Several lines of text."""
        from workloom.shell.kit.fields.text_area import TextArea

        return TextArea(name, lines, placeholder)

    def search_field(self, name: str, *, placeholder: str = "", key: str = "") -> ui.Field:
        """A line with a magnifier."""
        from workloom.shell.kit.search_field import SearchField

        return SearchField(self._tokens, self._icons, self._scale, name, placeholder, key)

    def form(self, *, columns: int = 2) -> ui.Form:
        """A form."""
        from workloom.shell.kit.form import Form

        made = Form(self._icons, self._scale, columns)
        self.pane(made.widget)
        return made

    def table(
        self,
        name: str,
        columns: Sequence[ui.Column],
        *,
        checkable: bool = False,
        kept: str = "",
        asked: Callable[["Fetch"], "Fetch"] | None = None,
    ) -> ui.Table:
        """A paged list. `asked(fetch)` is called in place of what the owner gives `on_fetch`."""
        from workloom.shell.kit.list_keys import ListKeys
        from workloom.shell.kit.table import Table
        from workloom.shell.kit.table_layout import Unkept

        made = Table(
            self._tokens,
            self._icons,
            self._scale,
            name,
            columns,
            checkable=checkable,
            kept=kept,
            layouts=self.lists.under(kept, name) if self.lists else Unkept(),
            asked=asked,
        )
        ListKeys(made.widget, self.usual_list_key)
        return made

    def list_tools(self, table: ui.Table) -> QWidget:
        """Buttons for the order and the columns of a list."""
        from workloom.shell.kit.list_tools import ListTools

        return ListTools(self, table)

    def tree(self, name: str) -> ui.Tree:
        """An explorer tree."""
        from workloom.shell.kit.tree import Tree

        return Tree(self._tokens, self._icons, self._scale, name)

    def item_panel(self) -> ui.ItemPanel:
        """The panel beside a list of items."""
        from workloom.shell.kit.item_panel import ItemPanel

        return ItemPanel(self._tokens, self._icons, self._scale)

    def list_panes(
        self, items: QWidget, details: QWidget, *, explorer: QWidget | None = None, name: str = "", kept: str = ""
    ) -> ui.ListPanes:
        """The panes of a list view."""
        from workloom.shell.kit.list_panes import ListPanes

        for part in (*(() if explorer is None else (explorer,)), items, details):
            self.pane(part)
        return ListPanes(
            items, details, explorer, self._tokens, self._scale, self._kept_sizes(kept, name), kept or name
        )

    def panel_edge(
        self, name: str, *, least: int, most: int, moved: Callable[[], None], kept: str = ""
    ) -> ui.PanelEdge:
        """The left edge of a panel."""
        from workloom.shell.kit.panel_edge import PanelEdge

        sizes = self._kept_sizes(kept, name)
        return PanelEdge(self._tokens, self._scale, sizes, name, least=least, most=most, moved=moved, kept=kept)

    def pane(self, part: QWidget) -> None:
        """Let F6 stop at a part of a view."""
        part.setProperty("pane", True)

    def empty_state(self, icon: str, title: str, text: str, *actions: QWidget) -> QWidget:
        """What stands where there is nothing."""
        from workloom.shell.kit.empty import empty_state

        return empty_state(self._icons, self._scale, icon, title, text, actions)

    def popup(self, name: str) -> ui.Popup:
        """A framed surface over the window."""
        return popup.Popup(self._window, name)

    def menu(
        self, anchor: QWidget | None, entries: Sequence[tuple[str, str, Callable[[], None]]], *, title: str = ""
    ) -> QMenu:
        """A menu below its anchor."""
        made = self.rows_menu(title)
        popup.fill_menu(made, self._scale, entries, title)
        popup.show_menu(made, self._window, anchor)
        return made

    def rows_menu(self, name: str, parent: QWidget | None = None) -> Menu:
        """An empty menu that draws its rows as the design has them."""
        made = Menu(self._tokens, self._icons, self._scale, parent or self._window)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setAccessibleName(name)
        return made

    def menu_heading(self, menu: QMenu, text: str) -> None:
        """A title over the rows that follow."""
        menu.addAction(menu_rows.heading(menu, self._scale, text))

    def menu_blocked(self, menu: QMenu, icon: str, text: str, reason: str) -> None:
        """A row that cannot be chosen now, with the reason below it."""
        menu.addAction(menu_rows.blocked(menu, self._icons, self._scale, icon, text, reason))

    def open_address(self, address: str) -> bool:
        """Open a web address in the browser."""
        from workloom.shell.kit.links import safe_open

        return safe_open(address)

    def confirm(self, title: str, text: str, verb: str, *, danger: bool = False) -> bool:
        """Ask before something that cannot be undone."""
        return popup.confirm(self._window, self._tokens, self._icons, self._scale, title, text, verb, danger)

    def _kept_sizes(self, kept: str, name: str) -> "Sizes":
        """Where the sizes of a view are kept; nowhere for one without a name, or outside of an agent's window."""
        from workloom.shell.kit.kept_size import Unkept

        return self.sizes.under(kept, name) if self.sizes is not None and (kept or name) else Unkept()
