"""Drives the real windows as a person would: types, presses keys, clicks, and waits for what must come."""

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from workloom.bootstrap.desktop import Desktop
from workloom.shell.agent_window import AgentWindow
from workloom.shell.desk import AgentDesk
from workloom.shell.offers.toast import Toast

LONG = 30_000
# The stubs of PyQt6 take these functions for methods.
_QTEST: Any = QTest
PASSWORD = "alpenrand"


class Driver:
    """One desktop process with its windows."""

    def __init__(self, desktop: Desktop, qtbot: QtBot) -> None:
        self.desktop, self.qtbot = desktop, qtbot
        self.window = desktop.windows.open_window()

    def wait(self, condition: Callable[[], object], timeout: int = LONG) -> None:
        """Until it holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def opened(self) -> None:
        """Wait for the service."""
        self.wait(lambda: self.desktop.connection.is_open)

    def another_window(self) -> AgentWindow:
        """A second window, which the following calls drive."""
        self.window = self.desktop.windows.open_window()
        return self.window

    def child(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The widget of this object name in the window."""
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {name} in the window"
        return found

    def text(self, name: str) -> str:
        """The words of a label."""
        label = self.child(name, QLabel)
        assert isinstance(label, QLabel)
        return label.text()

    def type_into(self, name: str, text: str) -> None:
        """Type into a field in place of what it holds."""
        field = self.child(name, QLineEdit)
        assert isinstance(field, QLineEdit)
        field.clear()
        _QTEST.keyClicks(field, text)

    def click(self, name: str) -> None:
        """Click a button."""
        _QTEST.mouseClick(self.child(name, QPushButton), Qt.MouseButton.LeftButton)

    def click_on(self, widget: QWidget) -> None:
        """Click into the middle of a widget."""
        _QTEST.mouseClick(widget, Qt.MouseButton.LeftButton)

    def activate(self) -> None:
        """Let the window have the keys; offscreen, a toast that is shown takes them, as no real platform lets it."""

        def active() -> bool:
            self.window.activateWindow()
            return self.window.isActiveWindow()

        self.wait(active)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the window."""
        _QTEST.keyClick(self.window, key, modifiers)

    def press_in(self, name: str, key: Qt.Key) -> None:
        """Press a key in a widget of the window."""
        child = self.child(name)
        child.setFocus()
        _QTEST.keyClick(child, key)

    def press_on(
        self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key in a widget."""
        _QTEST.keyClick(widget, key, modifiers)

    def enter(self, user: str, password: str = PASSWORD) -> None:
        """Step 1 of the login."""
        self.type_into("login-user", user)
        self.type_into("login-password", password)
        self.click("login-continue")

    def log_in(self, user: str) -> AgentDesk:
        """Both steps; the desk of the agent."""
        self.enter(user)
        self.wait(lambda: self.window.findChild(QPushButton, "login-go"))
        self.click("login-go")
        window = self.window
        self.wait(lambda: window.desk is not None and window.desk.session.has_started)
        assert window.desk is not None
        return window.desk

    def toast(self, desk: AgentDesk) -> Toast:
        """The oldest toast of an agent, as soon as there is one."""
        self.wait(lambda: desk.offers.stack.toasts)
        return desk.offers.stack.toasts[0]

    def notices(self, desk: AgentDesk) -> list[str]:
        """Titles of all notices since login, the newest first."""
        return [entry.notice.title for entry in desk.workspace.board.log.entries]
