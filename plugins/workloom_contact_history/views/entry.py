"""One row of the short history: icon, subject and day; below, where the item is."""

from collections.abc import Callable

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QKeyEvent, QMouseEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QWidget

from workloom.api import Cell
from workloom.api.ui import Ui


class Entry(QFrame):
    """Opens by a click or Enter when `open_item` is given, which is read aloud as `opens`."""

    def __init__(
        self, ui: Ui, icon: str, subject: str, day: str, below: Cell, opens: str, open_item: Callable[[], None] | None
    ) -> None:
        super().__init__()
        self._open = open_item
        self.setObjectName("history.entry")
        self.setAccessibleName(f"{subject}, {day}, {below.text}")
        self.setToolTip("" if "<" in below.tooltip else below.tooltip)
        if open_item is not None:
            self.setProperty("kind", "entry")
            self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setAccessibleDescription(opens)
        second = QHBoxLayout()
        second.setSpacing(5)
        second.addWidget(_picture(ui, below.icon, _token(below.tone), 14))
        words = ui.label(below.text, "small" if below.tone == "muted" else "base", elide=True)
        words.setProperty("tone", below.tone)
        words.setFont(ui.label("", "small").font())
        second.addWidget(words, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 5, 8, 5)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(_picture(ui, icon, "muted", 16), 0, 0)
        grid.addWidget(ui.label(subject, "strong", elide=True), 0, 1)
        grid.addWidget(ui.label(day, "small"), 0, 2)
        grid.addLayout(second, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Qt: a click opens."""
        super().mouseReleaseEvent(event)
        here = event is not None and self.rect().contains(event.position().toPoint())
        if here and event is not None and event.button() == Qt.MouseButton.LeftButton and self._open is not None:
            self._open()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Qt: Enter and Space open."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event is not None and event.key() in keys and self._open is not None:
            self._open()
            return
        super().keyPressEvent(event)


class LineIcon(QLabel):
    """An icon before a text: as high as a line of it, so that it stands in the middle of the first one."""

    def __init__(self, ui: Ui, icon: str) -> None:
        super().__init__()
        self.setProperty("role", "base")  # by it the shell gives the font another size with the text
        self.setFont(ui.label(role="base").font())
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setPixmap(ui.pixmap(icon))

    def sizeHint(self) -> QSize:
        """Qt: the width of the icon, the height of a line."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        """Qt: the same."""
        return self.sizeHint()


def _token(tone: str) -> str:
    return {"accent": "accent-text", "muted": "muted"}.get(tone, "text")


def _picture(ui: Ui, icon: str, token: str, size: int) -> QWidget:
    made = QLabel()
    made.setPixmap(ui.pixmap(icon, token=token, size=size))
    made.setFixedSize(size, size)
    return made
