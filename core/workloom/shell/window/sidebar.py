"""Open items, views and the agent's status at the left: 248 wide, or as a rail of 56."""

from collections.abc import Callable, Sequence
from typing import Final

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from workloom.api.ui import Ui
from workloom.shell.ground import grounded
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.window.entries import Entry, ItemEntry, ViewEntry
from workloom.shell.window.item_words import ItemWords
from workloom.shell.window.status_button import StatusButton
from workloom.shell.words import product, say

WIDE: Final = 248
SHARE: Final = 0.22
"""Part of the window that the sidebar may take for larger text, where its usual width is less."""

RAIL: Final = 56
HEAD: Final = 48


class Sidebar(QWidget):
    """`on_item(id)` and `on_view(id)` are called by a click or Enter; `on_toggle()` by the button at the top."""

    def __init__(
        self,
        kit: Ui,
        scale: TypeScale,
        *,
        on_item: Callable[[str], None],
        on_view: Callable[[str], None],
        on_toggle: Callable[[], None],
        on_status: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._kit, self._scale = kit, scale
        self._on_item, self._on_view = on_item, on_view
        self.compact = False
        self.items: dict[str, ItemEntry] = {}
        self.views: dict[str, ViewEntry] = {}
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        grounded(self, "window")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(self._head(on_toggle))
        area = QScrollArea()
        area.setFrameShape(area.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(grounded(self._middle(), "window"))
        layout.addWidget(area, 1)
        self.status = StatusButton(kit, scale, on_status)
        self.status.setObjectName("status-button")
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 8, 0)
        foot.addWidget(self.status)
        layout.addLayout(foot)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Be a rail, or wide."""
        self.compact = compact
        self.updateGeometry()
        for widget in (self._name, self._toggle, self._items_head):
            widget.setVisible(not compact)
        self._none.setVisible(not compact and not self.items)
        self._views_head.setVisible(not compact and bool(self.views))
        self._line.setVisible(compact and bool(self.views))
        for entry in (*self.items.values(), *self.views.values()):
            entry.set_compact(compact)
        self.status.set_compact(compact)

    def sizeHint(self) -> QSize:
        """Qt: as wide as its text needs, within its share of the window."""
        window = self.window()
        most = round(SHARE * window.width()) if window is not None else WIDE
        wide = max(WIDE, min(self._scale.px(WIDE), most))
        return QSize(RAIL if self.compact else wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt: no narrower."""
        return QSize(self.sizeHint().width(), super().minimumSizeHint().height())

    def show_items(self, items: Sequence[tuple[str, str, ItemWords]], count: str, current: str) -> None:
        """Open items as (id, icon, words), in their order; `count` such as `3 of 5`."""
        self._count.setText(count)
        wanted = [item for item, _icon, _words in items]
        for gone in [item for item in self.items if item not in wanted]:
            self._forget(self.items.pop(gone))
        for place, (item, icon, words) in enumerate(items):
            entry = self.items.get(item)
            if entry is None:
                entry = ItemEntry(self._kit, self._scale, icon, words)
                entry.setObjectName(f"open-item-{item}")
                entry.clicked.connect(lambda _checked, item=item: self._on_item(item))
                entry.set_compact(self.compact)
                self.items[item] = entry
            entry.show_words(words)
            if self._items_box.indexOf(entry) != place:
                self._items_box.insertWidget(place, entry)
        self._none.setVisible(not items and not self.compact)
        self.mark(current)

    def show_views(self, views: Sequence[tuple[str, str, str, str]]) -> None:
        """Main views as (id, icon, title, key), in their order."""
        for old in self.views.values():
            self._views_box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.views = {}
        for view, icon, title, key in views:
            entry = ViewEntry(self._kit, self._scale, icon, title, key)
            entry.setObjectName(f"view-{view}")
            entry.clicked.connect(lambda _checked, view=view: self._on_view(view))
            entry.set_compact(self.compact)
            self.views[view] = entry
            self._views_box.addWidget(entry)
        self._views_head.setVisible(bool(self.views) and not self.compact)
        self._line.setVisible(self.compact and bool(self.views))

    def mark(self, current: str) -> None:
        """Show which item or view is in front."""
        for key, entry in (*self.items.items(), *self.views.items()):
            entry.setChecked(key == current)

    def set_badge(self, view: str, text: str) -> None:
        """Show a text at a view."""
        if view in self.views:
            self.views[view].set_badge(text)

    def first_focus(self) -> QWidget:
        """Where F6 lands."""
        entries: list[Entry] = [*self.items.values(), *self.views.values()]
        return next((entry for entry in entries if entry.isChecked()), entries[0] if entries else self.status)

    def _head(self, on_toggle: Callable[[], None]) -> QWidget:
        head = QWidget()
        head.setMinimumHeight(HEAD)
        row = QHBoxLayout(head)
        row.setContentsMargins(15, 4, 10, 4)
        row.setSpacing(8)
        logo = self._kit.label()
        logo.setPixmap(self._kit.pixmap("logo:", size=24))
        row.addWidget(logo)
        self._name = self._kit.label(product(), "panel-title", elide=True)
        row.addWidget(self._name, 1)
        self._toggle = self._kit.icon_button("panel-left", say("Make the sidebar narrow"), on_click=on_toggle)
        self._toggle.setObjectName("sidebar-toggle")
        row.addWidget(self._toggle)
        return head

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 0, 8, 8)
        column.setSpacing(0)
        self._items_head, self._count = self._heading(say("Open items"))
        column.addWidget(self._items_head)
        self._none = self._kit.label(say("None open."), "small")
        self._none.setContentsMargins(12, 4, 0, 4)
        column.addWidget(self._none)
        self._items_box = QVBoxLayout()
        self._items_box.setSpacing(2)
        column.addLayout(self._items_box)
        self._line = self._kit.line()
        column.addSpacing(8)
        column.addWidget(self._line)
        column.addSpacing(8)
        self._views_head, _count = self._heading(say("Views"))
        column.addWidget(self._views_head)
        self._views_box = QVBoxLayout()
        self._views_box.setSpacing(0)
        column.addLayout(self._views_box)
        column.addStretch(1)
        return middle

    def _heading(self, text: str) -> tuple[QWidget, QLabel]:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 4, 8, 6)
        row.addWidget(self._kit.label(text, "small"))
        row.addStretch(1)
        count = self._kit.label("", "small")
        row.addWidget(count)
        return head, count

    def _forget(self, entry: ItemEntry) -> None:
        self._items_box.removeWidget(entry)
        entry.hide()
        entry.deleteLater()
