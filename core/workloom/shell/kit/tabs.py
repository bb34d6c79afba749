"""Underlined tabs over pages."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workloom.shell.kit.buttons import PlainButton
from workloom.shell.kit.flow import Flow
from workloom.shell.kit.labels import line
from workloom.shell.kit.type_scale import TypeScale


class Tabs(QWidget):
    """A row of tab buttons and a stack of pages."""

    def __init__(self, scale: TypeScale) -> None:
        super().__init__()
        self._scale = scale
        self._changed: list[Callable[[str], None]] = []
        self._buttons: dict[str, QPushButton] = {}
        self._pages: dict[str, QWidget] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._tabs = Flow(14, 0)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(14, 4, 12, 0)
        self._row.setSpacing(14)
        self._row.addLayout(self._tabs, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(line(vertical=False))
        column.addWidget(self._stack, 1)

    @property
    def widget(self) -> QWidget:
        """The tabs with their pages."""
        return self

    def add(self, key: str, title: str, page: QWidget) -> None:
        """Add a tab at the end; the first one is current."""
        tab = _Tab(title, self.step)
        tab.setFont(self._scale.font("button"))
        tab.setProperty("role", "button")
        tab.clicked.connect(lambda _on: self.choose(key))
        self._group.addButton(tab)
        self._tabs.addWidget(tab)
        self._buttons[key], self._pages[key] = tab, page
        self._stack.addWidget(page)
        if len(self._buttons) == 1:
            self.choose(key)

    def remove(self, key: str) -> None:
        """Take a tab and its page away."""
        tab, page = self._buttons.pop(key), self._pages.pop(key)
        was_current = tab.isChecked()
        self._group.removeButton(tab)
        self._tabs.removeWidget(tab)
        self._stack.removeWidget(page)
        tab.deleteLater()
        page.deleteLater()
        if was_current and self._buttons:
            self.choose(next(iter(self._buttons)))

    def set_title(self, key: str, title: str) -> None:
        """Change the words of a tab, for a count."""
        self._buttons[key].setText(title)
        self._buttons[key].setAccessibleName(title)

    def choose(self, key: str) -> None:
        """Bring a page to the front."""
        if key not in self._buttons:
            return
        self._buttons[key].setChecked(True)
        self._stack.setCurrentWidget(self._pages[key])
        for changed in self._changed:
            changed(key)

    def current(self) -> str:
        """Key of the page in front, empty = none."""
        return next((key for key, tab in self._buttons.items() if tab.isChecked()), "")

    def on_current(self, changed: Callable[[str], None]) -> None:
        """Call back when another page comes to the front."""
        self._changed.append(changed)

    def corner(self, widget: QWidget) -> None:
        """A widget at the right end of the tab row."""
        self._row.addWidget(widget)

    def step(self, by: int) -> None:
        """Go to the next or previous tab."""
        keys = list(self._buttons)
        if keys:
            key = keys[(keys.index(self.current()) + by) % len(keys)]
            self.choose(key)
            self._buttons[key].setFocus()


class _Tab(PlainButton):
    """A tab; the arrows go to its neighbours."""

    def __init__(self, title: str, step: Callable[[int], None]) -> None:
        super().__init__(title)
        self._step = step
        self.setProperty("kind", "tab")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event is not None and event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)
