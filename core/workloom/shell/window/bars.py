"""Top bar, banner and status bar of the main window."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QSize
from PyQt6.QtGui import QIcon, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from workloom.api.ui import Ui
from workloom.shell.ground import grounded
from workloom.shell.kit.labels import restyle
from workloom.shell.notices.bell_list import BellButton
from workloom.shell.notices.log import NoticeLog
from workloom.shell.words import say

TOP, BANNER, STATUS = 48, 40, 28
BETWEEN = 6
HINTS_FROM = 1200
"""Pixels of the window from which the status bar has all its key hints."""


class TopBar(QWidget):
    """Notices, keyboard map and settings at the right."""

    def __init__(
        self, kit: Ui, log: NoticeLog, *, on_keys: Callable[[], None], on_settings: Callable[[QWidget], None]
    ) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        grounded(self, "window")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(4)
        row.addStretch(1)
        self.bell = BellButton(kit, log)
        row.addWidget(self.bell)
        row.addSpacing(4)
        keys = kit.icon_button("keyboard", say("All keys"), key="Ctrl+/", on_click=on_keys)
        keys.setObjectName("top-keys")
        row.addWidget(keys)
        self.settings = kit.icon_button("settings", say("Settings"), on_click=lambda: on_settings(self.settings))
        self.settings.setObjectName("top-settings")
        row.addWidget(self.settings)

    def sizeHint(self) -> QSize:
        """Qt: higher than usual for larger text."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(TOP, hint.height()))


class Banner(QFrame):
    """A state that limits work, with one thing to do about it. Cannot be dismissed."""

    def __init__(self, kit: Ui) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("kind", "banner")
        self._kit = kit
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 16, 4)
        self._row.setSpacing(8)
        self._icon = kit.label()
        self._title = kit.label("", "strong")
        self._title.setObjectName("banner-title")
        self._text = kit.label("", elide=True)
        self._action = kit.button(say("Try now"), small=True, icon="refresh-cw", on_click=self._run)
        self._action.setObjectName("banner-action")
        self._on_click: Callable[[], None] | None = None
        self.more = kit.button("", kind="quiet", small=True, on_click=self._run_more)
        self.more.setObjectName("banner-more")
        self._on_more: Callable[[], object] | None = None
        self._row.addWidget(self._icon)
        self._row.addWidget(self._title)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self.more)
        self._row.addWidget(self._action)
        self._said: tuple[object, ...] = ()
        self.hide()

    def sizeHint(self) -> QSize:
        """Qt: higher than usual for larger text."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(BANNER, hint.height()))

    def say(
        self,
        title: str,
        text: str = "",
        *,
        icon: str = "unplug",
        action: str = "",
        action_icon: str = "",
        run: Callable[[], None] | None = None,
        more: str = "",
        run_more: Callable[[], object] | None = None,
    ) -> None:
        """Show a state. `more` opens what there is to see of it."""
        said = (title, text, icon, action, more, run is None)
        self._on_click, self._on_more = run, run_more
        if said == self._said and not self.isHidden():
            return  # it is asked often, and nothing is to be drawn anew
        self._said = said
        self._icon.setPixmap(self._kit.pixmap(icon, token="warning", size=18))
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(f"{title} {text}")
        self.more.setVisible(bool(more))
        self.more.setText(more)
        self.more.setAccessibleName(more)
        self._action.setVisible(run is not None)
        self._action.setText(action)
        self._action.setIcon(self._kit.icon(action_icon, token="text") if action_icon else QIcon())
        self._action.setAccessibleName(action)
        self.show()

    def _run(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def _run_more(self) -> None:
        if self._on_more is not None:
            self._on_more()


class StatusBar(QWidget):
    """Connection and place at the left, what plugins add, key hints at the right."""

    def __init__(self, kit: Ui) -> None:
        super().__init__()
        self.setObjectName("status-bar")
        grounded(self, "window")
        self._kit = kit
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(BETWEEN)
        self._icon = kit.label()
        self._connection = kit.label("", "small")
        self._connection.setObjectName("status-connection")
        self._place = kit.label("", "small")
        self._place.setObjectName("status-place")
        row.addWidget(self._icon)
        row.addWidget(self._connection)
        row.addSpacing(10)
        row.addWidget(self._place)
        self._guests = QHBoxLayout()
        self._guests.setContentsMargins(10, 0, 0, 0)
        self._guests.setSpacing(12)
        row.addLayout(self._guests)
        row.addStretch(1)
        self.hints = [self._hint(("J", "K"), say("next and previous in lists")), self._hint(("F6",), say("next pane"))]
        for hint in (*self.hints, self._hint(("Ctrl+/",), say("all keys"))):
            row.addWidget(hint)
            row.addSpacing(8)

    def sizeHint(self) -> QSize:
        """Qt: higher than usual for larger text."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(STATUS, hint.height()))

    def show_connection(self, connected: bool, words: str) -> None:
        """`Connected`, or what is wrong."""
        icon, token = ("circle-check", "success") if connected else ("unplug", "warning")
        self._icon.setPixmap(self._kit.pixmap(icon, token=token, size=14))
        self._connection.setText(words)
        self._connection.setProperty("tone", "" if connected else "warning")
        restyle(self._connection)

    def show_place(self, place: str) -> None:
        """Where the agent sits."""
        self._place.setText(place)

    def add_guest(self, place: int, widget: QWidget) -> None:
        """What a plugin shows here, at a place among its like."""
        self._guests.insertWidget(place, widget)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent | None) -> bool:
        """Qt: what stands here wants another size."""
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Narrow windows, and large texts, leave room only for the way to all keys."""
        widths = {hint: hint.sizeHint().width() + BETWEEN for hint in self.hints}
        others = self.sizeHint().width() - sum(taken for hint, taken in widths.items() if not hint.isHidden())
        wide = self.window().width() >= HINTS_FROM  # type: ignore[union-attr]  # every widget has a window
        for hint in self.hints:
            hint.setVisible(wide and self.width() >= others + sum(widths.values()))

    def _hint(self, keys: tuple[str, ...], words: str) -> QWidget:
        hint = QWidget()
        row = QHBoxLayout(hint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for key in keys:
            row.addWidget(self._kit.key_caps(key))
        row.addSpacing(2)
        row.addWidget(self._kit.label(words, "small"))
        return hint
