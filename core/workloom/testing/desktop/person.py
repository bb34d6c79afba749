"""Drives real windows as a person would: by keys, by the words on buttons, by what can be read."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PyQt6.QtGui import QInputMethodEvent, QKeySequence, QPainter
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget

from workloom.shell.agent_window import AgentWindow

Found = TypeVar("Found", bound=QWidget)
SETTLED = 0.6
"""Seconds until a window shows what was read in the background, before it is drawn."""

PATIENCE = 20.0
"""Seconds that something may take; ten times what it takes on a slow machine."""


# The stubs of PyQt6 take these functions for methods.
_QTEST: Any = QTest


class NotSeen(AssertionError):
    """What was waited for did not come; says what stood there instead."""


class Person:
    """Somebody at one window."""

    def __init__(self, window: AgentWindow, pictures: Path | None = None) -> None:
        self.window = window
        self._pictures = pictures

    def until(self, what: str, seen: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Let the desktop work until something is seen. NotSeen after `patience` seconds."""
        end = time.monotonic() + patience
        while not seen():
            if time.monotonic() > end:
                raise NotSeen(f"Waited {patience:.0f} s for {what}. On the window: {', '.join(self.texts())[:2000]}")
            QApplication.processEvents()
            time.sleep(0.004)
        QApplication.processEvents()

    def let_work(self, seconds: float) -> None:
        """Let the desktop work for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.004)

    def texts(self, root: QWidget | None = None) -> list[str]:
        """Everything that can be read in the window."""
        found = []
        for widget in (root or self.window).findChildren(QWidget):
            text = getattr(widget, "whole_text", getattr(widget, "text", None))
            if widget.isVisible() and _is_read(widget) and callable(text) and text():
                found.append(str(text()))
        return found

    def sees(self, text: str) -> bool:
        """Whether some label or button holds the text."""
        return any(text in shown for shown in self.texts())

    def wait_for(self, text: str) -> None:
        """Wait until the text can be read."""
        self.until(f"“{text}”", lambda: self.sees(text))

    def wait_gone(self, text: str) -> None:
        """Wait until the text cannot be read any more."""
        self.until(f"“{text}” to go", lambda: not self.sees(text))

    def press(self, keys: str, where: QWidget | None = None) -> None:
        """Press keys such as `Ctrl+T` in the widget that has the focus."""
        if where is None:
            self.until("the window to be active", self._is_active)
        target = where or self.window.focusWidget() or self.window
        combination = QKeySequence(keys)[0]
        _QTEST.keyClick(target, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def _is_active(self) -> bool:
        # Offscreen, a toast that is shown takes the keys, as no real platform lets it.
        self.window.activateWindow()
        return self.window.isActiveWindow()

    def write(self, text: str, field: QWidget) -> None:
        """Replace what stands in a field by typing; other letters than ASCII come as an input method sends them."""
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        if text.isascii():
            _QTEST.keyClicks(field, text)
        else:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(field, event)
        QApplication.processEvents()

    def named(self, kind: type[Found], name: str, root: QWidget | None = None) -> Found:
        """The visible widget with this object name or accessible name; waits for it."""
        found: list[Found] = []

        def seen() -> bool:
            found[:] = [
                widget
                for widget in (root or self.window).findChildren(kind)
                if widget.isVisible() and name in (widget.objectName(), widget.accessibleName())
            ]
            return bool(found)

        self.until(f"the {kind.__name__} “{name}”", seen)
        return found[0]

    def click(self, words: str, root: QWidget | None = None) -> None:
        """Click the button with these words (or this accessible name, which a count may follow)."""
        found: list[QAbstractButton] = []

        def seen() -> bool:
            found[:] = [
                button
                for button in (root or self.window).findChildren(QAbstractButton)
                if button.isVisible()
                and button.isEnabled()
                and words in (button.text(), button.accessibleName().partition(",")[0])
            ]
            return bool(found)

        self.until(f"the button “{words}”", seen)
        found[0].click()
        QApplication.processEvents()

    def log_in(self, user: str, password: str) -> None:
        """Log in through the login page, on the channels that it proposes; waits for what comes then."""
        self.write(user, self.named(QLineEdit, "login-user"))
        self.write(password, self.named(QLineEdit, "login-password"))
        self.click("Continue")
        self.click("Log in")
        self.named(QWidget, "workspace")

    def close_notices(self) -> None:
        """Close what has been read."""
        for cross in self.window.findChildren(QAbstractButton, "notice-close"):
            if cross.isVisible():
                cross.click()
        QApplication.processEvents()

    def choose(self, words: str, field: str) -> None:
        """Choose an entry of a combo by its words."""
        combo = self.named(QComboBox, field)
        index = next((i for i in range(combo.count()) if combo.itemText(i).strip() == words), -1)
        if index < 0:
            raise NotSeen(f"“{words}” is not offered by “{field}”.")
        combo.setCurrentIndex(index)
        combo.activated.emit(index)
        QApplication.processEvents()

    def choose_in_menu(self, words: str) -> None:
        """Choose an entry of the menu that is open."""
        menu: list[QMenu] = []

        def seen() -> bool:
            menu[:] = [
                widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()
            ]
            return bool(menu) and any(words in action.text() for action in menu[-1].actions())

        self.until(f"the menu with “{words}”", seen)
        action = next(action for action in menu[-1].actions() if words in action.text() and action.isEnabled())
        menu[-1].close()
        action.trigger()
        QApplication.processEvents()

    def popup(self, name: str) -> QWidget:
        """The pop-up of this name; waits for it."""
        found: list[QWidget] = []

        def seen() -> bool:
            found[:] = [
                widget
                for widget in QApplication.topLevelWidgets()
                if widget.isVisible() and name in (widget.objectName(), widget.accessibleName())
            ]
            return bool(found)

        self.until(f"the pop-up “{name}”", seen)
        return found[0]

    def toast(self) -> QWidget:
        """The oldest offer of the agent at this window; waits for it."""
        self.until("an offer", lambda: bool(self._toasts()))
        return self._toasts()[0]

    def _toasts(self) -> list[QWidget]:
        desk = self.window.desk
        return list(desk.offers.stack.toasts) if desk is not None else []

    def _is_over(self, widget: QWidget) -> bool:
        """Whether a top-level widget belongs to this window: its pop-ups, and the offers of its agent."""
        parent = widget.parentWidget()
        desk = self.window.desk
        mine = desk is not None and widget in desk.offers.stack.windows
        return mine or (parent is not None and parent.window() is self.window and widget.isWindow())

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Write what the window shows to the folder of pictures, with pop-ups over it where they stand."""
        if self._pictures is None:
            return
        self.let_work(SETTLED)
        shown = widget or self.window
        pixmap = shown.grab()
        if widget is None:
            painter = QPainter(pixmap)
            for over in QApplication.topLevelWidgets():
                if over.isVisible() and self._is_over(over):
                    painter.drawPixmap(shown.mapFromGlobal(over.pos()), over.grab())
            painter.end()
        self._pictures.mkdir(parents=True, exist_ok=True)
        pixmap.save(str(self._pictures / f"{name}.png"))


def _is_read(widget: QWidget) -> bool:
    """Whether a widget is there to be read: labels, buttons, values that cannot be changed."""
    return isinstance(widget, QLabel | QAbstractButton) or (isinstance(widget, QLineEdit) and widget.isReadOnly())
