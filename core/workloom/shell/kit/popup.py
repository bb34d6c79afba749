"""What opens over the window: framed pop-ups, menus, questions."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QPoint, QSize, Qt
from PyQt6.QtGui import QHideEvent
from PyQt6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workloom.shell.kit.buttons import Button, button
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import label
from workloom.shell.kit.menu import Menu
from workloom.shell.kit.menu_rows import heading
from workloom.shell.kit.scrim import Scrim
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.words import say

MARGIN = 8


class Popup(QFrame):
    """A framed surface; it closes by Esc or when the person clicks elsewhere, and the focus goes back to the anchor."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.setObjectName(name)
        self._window = window
        self._anchor: QWidget | None = None
        self._closed: list[Callable[[], None]] = []

    @property
    def body(self) -> QWidget:
        """Where the content goes."""
        return self

    def open_at(self, anchor: QWidget | None, *, width: int = 0) -> None:
        """Show it below the anchor, inside the screen; without one in the middle of the window. It is never larger than
        the screen, so what is in it must be able to give way.
        """
        self._anchor = anchor
        self._size(width)
        size = self.size()
        if anchor is not None and anchor.isVisible():
            corner = anchor.mapToGlobal(QPoint(anchor.width() - size.width(), anchor.height() + 4))
        else:
            middle = self._window.mapToGlobal(self._window.rect().center())
            corner = middle - QPoint(size.width() // 2, size.height() // 2)
        self.move(self._inside(corner))
        self.show()

    def on_closed(self, closed: Callable[[], None]) -> None:
        """Call back when it has been closed."""
        self._closed.append(closed)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Qt: closed, by whatever way."""
        super().hideEvent(event)
        callbacks, self._closed = self._closed, []
        for closed in callbacks:
            closed()
        if self._anchor is not None and self._anchor.isVisible():
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)

    def _size(self, width: int) -> None:
        screen = self._window.screen()
        room = screen.availableSize() - QSize(2 * MARGIN, 2 * MARGIN) if screen is not None else self.maximumSize()
        if width:
            self.setFixedWidth(min(width, room.width()))
        self.ensurePolished()
        size = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize()).boundedTo(room)
        if self.hasHeightForWidth():
            size.setHeight(min(self.heightForWidth(size.width()), room.height()))
        self.resize(size)

    def _inside(self, corner: QPoint) -> QPoint:
        screen = self._window.screen()
        if screen is None:
            return corner
        room, size = screen.availableGeometry(), self.size()
        window = self._window.frameGeometry()
        left = max(window.left() + MARGIN, room.left() + MARGIN)
        x = min(max(corner.x(), left), max(room.right() - size.width() - MARGIN, left))
        y = min(max(corner.y(), room.top() + MARGIN), max(room.bottom() - size.height() - MARGIN, room.top() + MARGIN))
        return QPoint(x, y)


def fill_menu(menu: Menu, scale: TypeScale, entries: Sequence[tuple[str, str, Callable[[], None]]], title: str) -> None:
    """Rows of (text, icon, run) under a heading, if there is a title."""
    if title:
        menu.addAction(heading(menu, scale, title))
    for text, icon, run in entries:
        menu.add(text, icon, run)


def show_menu(menu: Menu, window: QWidget, anchor: QWidget | None) -> None:
    """Show a menu below its anchor, without one in the middle of the window."""
    if anchor is not None and anchor.isVisible():
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
    else:
        menu.popup(window.mapToGlobal(window.rect().center()))


def confirm(
    window: QWidget, tokens: Tokens, icons: Icons, scale: TypeScale, title: str, text: str, verb: str, danger: bool
) -> bool:
    """Ask before something that cannot be undone. The safe button has the focus."""
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    dialog.setObjectName("confirm")
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(8)
    column.addWidget(label(scale, title, "panel-title", elide=False, selectable=False, wrap=True))
    if text:
        column.addWidget(label(scale, text, "muted", elide=False, selectable=True, wrap=True))
    row = QHBoxLayout()
    row.setContentsMargins(0, 12, 0, 0)
    row.addStretch(1)

    def choice(words: str, kind: str, end: Callable[[], None]) -> Button:
        made = button(tokens, icons, scale, words, icon="", kind=kind, key="", small=False, on_click=end)
        row.addWidget(made)
        return made

    safe = choice(say("Cancel"), "plain", dialog.reject)
    choice(verb, "danger" if danger else "primary", dialog.accept)
    column.addLayout(row)
    dialog.setMinimumWidth(380)
    safe.setDefault(True)
    safe.setFocus()
    Scrim(window, dialog)
    return dialog.exec() == QDialog.DialogCode.Accepted
