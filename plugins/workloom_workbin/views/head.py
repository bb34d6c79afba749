"""What stands above the list: title or drop-down, the quick filters, and the search."""

from collections.abc import Callable, Sequence

from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import Node, Say
from workloom.api.ui import Ui
from workloom_workbin.lists import DUE_TODAY, UNREAD

ROW_HEIGHT = 32
POPUP_WIDTH, POPUP_HEIGHT = 300, 420
LEAST_SEARCH, MOST_SEARCH = 200, 320
"""Pixels at the usual text size; larger text makes them larger."""

USUAL_TEXT = 13


class Head(QWidget):
    """Tells `choose(workbin)`, `only(filter)` and `typed()`."""

    def __init__(
        self, ui: Ui, say: Say, choose: Callable[[str], None], only: Callable[[str], None], typed: Callable[[], None]
    ) -> None:
        super().__init__()
        self._ui, self._translate, self._choose = ui, say, choose
        self._nodes: Sequence[Node] = ()
        self._current = ""
        self._title = ui.label(role="panel-title")
        self._title.setObjectName("workbin.title")
        self._drop = ui.button("", icon="chevron-down", on_click=self._open)
        self._drop.setObjectName("workbin.drop-down")
        self._drop.setAccessibleDescription(say("Choose a workbin"))
        self._count = ui.label(role="muted")
        self._count.setObjectName("workbin.count")
        self.only = ui.segmented([("", say("All")), (UNREAD, say("New")), (DUE_TODAY, say("Due today"))], only)
        self.search = ui.search_field(say("Filter this workbin"), placeholder=say("Filter this workbin"), key="Ctrl+F")
        self.search.on_edited(typed)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self._title)
        first.addWidget(self._drop)
        first.addWidget(self._count)
        first.addStretch(1)
        first.addWidget(self.only.widget)
        self._second = QHBoxLayout()
        self._second.addWidget(self.search.widget, 3)
        self._second.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(first)
        column.addLayout(self._second)
        self.show_explorer(True)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: shown, in another width or with text of another size."""
        super().resizeEvent(event)
        larger = max(1.0, self._count.font().pixelSize() / USUAL_TEXT)
        self.search.widget.setMinimumWidth(round(LEAST_SEARCH * larger))
        self.search.widget.setMaximumWidth(round(MOST_SEARCH * larger))

    def show_workbin(self, key: str, title: str, count: str, unread: int, due_today: int) -> None:
        """Say which workbin is on show and how much is in it."""
        self._current, say = key, self._translate
        self._title.setText(title)
        self._drop.setText(title)
        self._drop.setAccessibleName(title)
        self._count.setText(count)
        self.only.set_text(UNREAD, say("New {count:,}", count=unread) if unread else say("New"))
        self.only.set_text(DUE_TODAY, say("Due today {count:,}", count=due_today) if due_today else say("Due today"))

    def put_tools(self, tools: QWidget) -> None:
        """Buttons for the list, at the right of the search."""
        self._second.addWidget(tools)

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """The workbins that the drop-down offers."""
        self._nodes = nodes

    def show_explorer(self, there: bool) -> None:
        """Without the explorer the title becomes a drop-down."""
        self._title.setVisible(there)
        self._drop.setVisible(not there)

    def _open(self) -> None:
        title = self._translate("Workbins")
        popup = self._ui.popup(title)
        tree = self._ui.tree(title)
        tree.set_nodes(self._nodes)
        tree.choose(self._current)
        column = QVBoxLayout(popup.body)
        column.setContentsMargins(4, 6, 4, 6)
        column.addWidget(tree.widget)
        tree.widget.setFixedHeight(min(_height(self._nodes) * ROW_HEIGHT + 4, POPUP_HEIGHT))

        def chosen(key: str) -> None:
            if key and key != self._current:
                popup.close()
                self._choose(key)

        tree.on_current(chosen)
        popup.open_at(self._drop, width=POPUP_WIDTH)
        tree.widget.setFocus()


def _height(nodes: Sequence[Node]) -> int:
    """Rows that the tree shows when it opens."""
    return sum(1 + (_height(node.nodes) if node.expanded else 0) for node in nodes)
