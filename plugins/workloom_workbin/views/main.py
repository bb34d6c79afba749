"""The view of all workbins: explorer, list, details."""

from collections.abc import Sequence
from datetime import datetime

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from workloom.api import (
    Context,
    Event,
    EventKind,
    MediaType,
    Notice,
    ReadInTurn,
    Tone,
    WorkbinNode,
    WorkloomError,
)
from workloom.api.ui import WhenGone, kit
from workloom_workbin import lists
from workloom_workbin.views.details import Details
from workloom_workbin.views.items import ItemsPane

GATHER_MS, TICK_MS = 150, 60_000


class WorkbinView(QWidget):
    """Keeps the tree, the list and the details true to what happens."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("workbins")
        self._context, self._ui = context, kit(context)
        self._state = ReadInTurn(context, self._show_state, self._cannot_read)
        self._node: WorkbinNode | None = None
        self._nodes: tuple[WorkbinNode, ...] = ()
        self._icons: dict[str, str] = {}
        self._stale = self._touched = self._site_changed = False
        self.tree = self._ui.tree(context.translate("Workbins"))
        self.details = Details(context, self._ui, lambda: self._node is not None and self._node.section != "team")
        self.items = ItemsPane(
            context, self._ui, current=self.details.show_row, choose=self.tree.choose, refresh=self.refresh
        )
        self._lay_out()
        self.items.table.on_selection(self._ticked)
        self.tree.on_current(self._choose)
        self.setFocusProxy(self.items.table.widget)
        self._gather, self._tick = QTimer(self), QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._follow)
        self._tick.timeout.connect(self._age)
        self._tick.start(TICK_MS)
        self._end = WhenGone(
            self,
            context.subscribe(self._happened),
            context.on_second(self._say_times),
            self._state.stop,
            self.items.feed.stop,
            self.details.stop,
        )
        context.read(context.services.configuration.media_types, self._begin)

    @property
    def nodes(self) -> tuple[WorkbinNode, ...]:
        """The workbins with their counts, as last read."""
        return self._nodes

    def refresh(self) -> None:
        """Read everything on show again; the current row and the ticks stay."""
        self._read_state()
        self.items.table.refresh()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Qt: the list takes the keys; what changed while the view was hidden is read now."""
        super().showEvent(event)
        self.items.table.widget.setFocus()
        if self._stale:
            self._stale = False
            self._follow_site()
            self.refresh()

    def _lay_out(self) -> None:
        explorer, say = QWidget(), self._context.translate
        explorer.setProperty("ground", "window")
        explorer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left = QVBoxLayout(explorer)
        left.setContentsMargins(0, 14, 0, 8)
        left.setSpacing(8)
        title = self._ui.label(say("Workbins"), "panel-title")
        title.setContentsMargins(16, 0, 16, 0)
        left.addWidget(title)
        left.addWidget(self.tree.widget, 1)
        panel, name = self.details.panel.widget, say("Workbins")
        self.panes = self._ui.list_panes(self.items, panel, explorer=explorer, name=name, kept="workbin")
        self.panes.on_explorer(self.items.head.show_explorer)
        self._whole = QStackedLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self.panes.widget)
        text = say(
            "Your administrator sets them with the options workbin.<media type>.in-progress and "
            "workbin.<media type>.<nickname>, or shares one with your group or place."
        )
        self._whole.addWidget(self._ui.empty_state("inbox", say("No workbins are set for you"), text))

    def _begin(self, media_types: tuple[MediaType, ...]) -> None:
        self._icons = {media.name: media.icon for media in media_types}
        self._read_state()

    def _read_state(self) -> None:
        services, node = self._context.services, self._node
        self._state.ask(lambda: lists.read_state(services, node))

    def _show_state(self, state: lists.WorkbinState) -> None:
        self._nodes = state.nodes
        self._whole.setCurrentIndex(0 if state.nodes else 1)
        nodes = lists.tree_nodes(state.nodes, self._context.translate)
        self.tree.set_nodes(nodes)
        self.items.head.show_nodes(nodes)
        now = lists.find(state.nodes, lists.key_of(self._node)) if self._node else None
        if now is not None:
            self._node = now
            self.items.say(now, state.due_today if state.shown == lists.key_of(now) else 0)
        elif (first := lists.first_shown(state.nodes)) is not None:
            self.tree.choose(lists.key_of(first))

    def _cannot_read(self, error: WorkloomError) -> None:
        title = self._context.translate("The workbins are not up to date")
        self._context.notify(Notice(title=title, text=str(error), tone=Tone.WARNING))

    def _choose(self, key: str) -> None:
        node = lists.find(self._nodes, key)
        if node is None or (self._node is not None and lists.key_of(self._node) == key):
            return
        self._node = node
        self.items.show_workbin(node, self._icons)
        self._read_state()

    def _ticked(self, items: Sequence[str]) -> None:
        """One item is shown of several that are chosen."""
        said = self._context.translate("Showing 1 of {count:,} selected. Step with", count=len(items))
        self.details.panel.set_foot(said if len(items) > 1 else "", keys=("J", "K"))

    def _refreshes_itself(self) -> bool:
        return self._node is not None and lists.refreshes_itself(self._context.options(), self._node.workbin)

    def _age(self) -> None:
        """Ages and due times go on."""
        if self.isVisible() and self._refreshes_itself():
            self.items.table.refresh()

    def _say_times(self, now: datetime) -> bool:
        """Those that go on by the second."""
        return self.isVisible() and any([self.items.say_times(now), self.details.say_times(now)])

    def _happened(self, event: Event) -> None:
        if event.kind is EventKind.SITE_APPLIED:
            self._site_changed = True
        node = self._node
        here = node is not None and (event.workbin, event.workbin_owner) == (node.workbin, node.owner)
        self._touched = self._touched or here or self.items.feed.holds(event.item)
        if not self._gather.isActive():
            self._gather.start()

    def _follow_site(self) -> None:
        """Options may name other columns."""
        if self._site_changed:
            self._site_changed = False
            self.items.choose_columns()

    def _follow(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        touched, self._touched = self._touched or self._site_changed, False
        self._follow_site()
        self._read_state()
        if touched and self._refreshes_itself():
            self.items.table.refresh()
