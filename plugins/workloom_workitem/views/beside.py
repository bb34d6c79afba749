"""The context panel: beside the form in a wide window; below 1200 a button opens it over the form."""

from typing import Final

from PyQt6.QtCore import QRect, Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workloom.api import Say
from workloom.api.ui import Ui

USUAL: Final = 344
USUAL_TEXT: Final = 13
NARROWEST, WIDEST = 280, 480
OVER_BELOW: Final = 1200
"""Width of the window below which the panel lies over the form."""

FORM, LEAST_FORM = 848, 560
"""Width that the form keeps as long as the panel can give way; the second where the person wants the panel wider."""


class Beside:
    """Holds the tabs of `Region.ITEM_CONTEXT`. `row` is where it stands in a wide window, `pane` what it lies over."""

    def __init__(self, ui: Ui, say: Say, pane: QWidget, row: QHBoxLayout, tabs: object) -> None:
        self._pane, self._row = pane, row
        self._tabs = tabs if isinstance(tabs, QWidget) and not getattr(tabs, "is_empty", False) else None
        self._over = False
        self._room = QRect()
        self._wanted = {False: True, True: False}
        self._panel = QWidget(pane)
        self._panel.setObjectName("context")
        self._panel.setProperty("ground", "surface")
        self._panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._panel.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        inside = QHBoxLayout(self._panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        name = say("the context panel")
        self._edge = ui.panel_edge(name, least=NARROWEST, most=WIDEST, moved=self._resize, kept="workitem.context")
        self._edge.widget.setObjectName("context.edge")
        inside.addWidget(self._edge.widget)
        if self._tabs is not None:
            inside.addWidget(self._tabs, 1)
        self.button = ui.button(say("Contact and history"), icon="panel-right", key="Ctrl+H", small=True)
        self.button.setObjectName("context.open")
        self.button.clicked.connect(lambda _on: self.toggle())
        hide = ui.icon_button("panel-right", say("Hide the panel"), key="Ctrl+H", on_click=self._hide)
        hide.setObjectName("context.hide")
        corner = getattr(self._tabs, "corner", None)
        if corner is not None:
            corner(hide)
        row.addWidget(self._panel)
        escape = QShortcut(QKeySequence("Esc"), self._panel)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        self._show()

    def show_item(self, item: str) -> None:
        """Fill it for an item."""
        show = getattr(self._tabs, "show_item", None)
        if show is not None:
            show(item)

    def toggle(self) -> None:
        """Open or close it; each kind of layout remembers what the person wants."""
        self._wanted[self._over] = not self._wanted[self._over]
        self._show()
        if self._over and self._wanted[True] and self._tabs is not None:
            self._tabs.setFocus()
            self._panel.focusNextChild()

    def fit(self, window_width: int, room: QRect) -> None:
        """Follow the window; `room` is the part of the pane below its header."""
        over = window_width < OVER_BELOW
        if over != self._over:
            self._over = over
            if over:
                self._row.removeWidget(self._panel)
                self._wanted[True] = False
            else:
                self._row.addWidget(self._panel)
        self._room = room
        self._resize()
        self._show()

    def _resize(self) -> None:
        chosen, room = self._edge.chosen(), self._room
        usual = round(USUAL * max(1.0, self.button.font().pixelSize() / USUAL_TEXT))
        width = chosen or min(usual, max(USUAL, self._pane.width() // 2))
        if not self._over:
            width = max(NARROWEST, min(width, self._pane.width() - (LEAST_FORM if chosen else FORM)))
        self._panel.setFixedWidth(width)
        if self._over:
            self._panel.setGeometry(room.right() + 1 - width, room.top(), width, room.height())

    def _leave(self) -> None:
        if self._over and self._wanted[True]:
            self._hide()

    def _hide(self) -> None:
        """The keyboard goes to the button that brings it back."""
        self.toggle()
        self.button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show(self) -> None:
        there = self._tabs is not None
        shown = there and self._wanted[self._over]
        self._panel.setVisible(shown)
        if shown and self._over:
            self._panel.raise_()
        self.button.setVisible(there and (self._over or not shown))
