"""The login page: the brand at the left, the steps at the right, the connection below."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from workloom.shell.ground import grounded
from workloom.shell.kit.kit import Kit
from workloom.shell.later import later
from workloom.shell.login.brand import Brand
from workloom.shell.login.credentials import Credentials
from workloom.shell.login.step_row import StepRow
from workloom.shell.words import say

FORM_WIDTH = 440
BELOW = 32
"""Pixels that stay free around what has the keyboard."""

MOST = 1000
"""Stretch of the form against the room beside it: it is as wide as it may be."""


class LoginPage(QWidget):
    """Shows one step at a time. What happens is decided by `LoginFlow`."""

    def __init__(self, kit: Kit, version: str, credentials: Credentials, without_plugins: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("login-page")
        self._kit = kit
        self.brand = Brand(kit, version)
        self.credentials = credentials
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.brand, 36)
        right = grounded(QWidget(), "surface")
        outer.addWidget(right, 64)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.steps = StepRow(kit)
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._stack.addWidget(credentials)
        column.addWidget(self._scrolled(), 1)
        column.addLayout(self._footer(without_plugins))

    def show_step(self, step: QWidget, number: int, person: str = "") -> None:
        """Bring a step to the front; another before it is dropped. Number 0 is none of the steps."""
        while self._stack.count() > 1:
            old = self._stack.widget(1)
            assert old is not None
            self._stack.removeWidget(old)
            old.deleteLater()
        if step is not self.credentials:
            self._stack.addWidget(step)
        takes = QSizePolicy.Policy.Preferred if step is self.credentials else QSizePolicy.Policy.Ignored
        self.credentials.setSizePolicy(takes, takes)  # out of sight it asks for no width
        self._stack.setCurrentWidget(step)
        self._stack.adjustSize()
        self.steps.setVisible(number > 0)
        self.steps.show_step(number, person)
        later(self, 0, self._show_focus)

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: larger text needs a wider form."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self._form.setMaximumWidth(max(FORM_WIDTH, self._kit.scale.px(FORM_WIDTH)))

    def _show_focus(self) -> None:
        """Where the page is higher than the window, what has the keyboard is in sight."""
        focused = self.window().focusWidget()  # type: ignore[union-attr]  # every widget has a window
        if focused is not None and self._area.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused, 0, BELOW)

    def say_connection(self, text: str, *, icon: str, token: str) -> None:
        """The line below: connected to what, or why not; an empty icon is none."""
        if icon:
            self._connection_icon.setPixmap(self._kit.pixmap(icon, token=token, size=16))
        else:
            self._connection_icon.clear()
        self._connection.setText(text)

    def _scrolled(self) -> QWidget:
        middle = grounded(QWidget(), "surface")
        centre = QHBoxLayout(middle)
        centre.setContentsMargins(32, 32, 32, 32)
        form = self._form = QWidget()
        form.setMinimumWidth(FORM_WIDTH)
        self._fit()
        inside = QVBoxLayout(form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(24)
        inside.addStretch(1)
        inside.addWidget(self.steps)
        inside.addWidget(self._stack)
        inside.addStretch(1)
        centre.addStretch(1)
        centre.addWidget(form, MOST)
        centre.addStretch(1)
        area = self._area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(middle)
        bar = area.verticalScrollBar()
        assert bar is not None
        bar.rangeChanged.connect(self._show_focus)
        return area

    def _footer(self, without_plugins: Callable[[], None]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(32, 8, 32, 16)
        row.setSpacing(8)
        self._connection_icon = self._kit.label()
        self._connection = self._kit.label("", "small", elide=True)
        self._connection.setObjectName("login-connection")
        row.addWidget(self._connection_icon)
        row.addWidget(self._connection, 1)
        self.without_plugins = self._kit.button(
            say("Start without plugins"), kind="quiet", small=True, on_click=without_plugins
        )
        self.without_plugins.setObjectName("login-without-plugins")
        row.addWidget(self.without_plugins)
        return row
