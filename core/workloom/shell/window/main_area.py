"""What stands in the middle: the pane of an open item, a view, or that nothing is open."""

from collections.abc import Callable

from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QStackedWidget, QWidget

from workloom.shell.ground import grounded
from workloom.shell.guests import give_keyboard, put_away
from workloom.shell.window.focus_order import has_keyboard

NOTHING = ""


class MainArea(QStackedWidget):
    """Pages by key: an item's id, a view's id, or `NOTHING`. Remembers what was in front before."""

    def __init__(self, moved: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("main-area")
        grounded(self, "surface")
        self._moved = moved
        self._pages: dict[str, QWidget] = {}
        self._before: list[str] = []

    def minimumSizeHint(self) -> QSize:
        """Qt: what stands in the middle gives way, never the bars around it."""
        return QSize(0, 0)

    @property
    def current(self) -> str:
        """Key of the page in front."""
        front = self.currentWidget()
        return next((key for key, page in self._pages.items() if page is front), NOTHING)

    def page(self, key: str) -> QWidget | None:
        """A page, None if it was not made."""
        return self._pages.get(key)

    def keys(self) -> tuple[str, ...]:
        """Keys of the pages that were made."""
        return tuple(self._pages)

    def put(self, key: str, page: QWidget) -> None:
        """Add a page, in place of one with this key."""
        was_front = key in self._pages and self.current == key
        self.drop(key)
        self._pages[key] = page
        self.addWidget(page)
        if was_front:
            self.setCurrentWidget(page)

    def wrap(self, key: str, around: Callable[[QWidget], QWidget]) -> None:
        """Put something around a page, which lives on in it."""
        page, in_front = self._pages[key], self.current == key
        self.removeWidget(page)
        self._pages[key] = wrapped = around(page)
        self.addWidget(wrapped)
        if in_front:
            self.setCurrentWidget(wrapped)

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        if self.current != NOTHING and self.current != key:
            self._before = [*(old for old in self._before if old not in (key, self.current)), self.current]
        self.setCurrentWidget(self._pages[key])
        self._moved(key)

    def drop(self, key: str) -> None:
        """Take a page away; what was in front before comes back."""
        page = self._pages.get(key)
        if page is None:
            return
        in_front, had_keyboard = self.current == key, has_keyboard(page)
        del self._pages[key]
        self._before = [old for old in self._before if old != key]
        self.removeWidget(page)
        put_away(page)
        if in_front:
            back = next((old for old in reversed(self._before) if old in self._pages), NOTHING)
            if back in self._pages:
                self.show_page(back)
                if had_keyboard:
                    give_keyboard(self._pages[back])

    def clear(self) -> None:
        """Take all pages away."""
        self._before.clear()
        for key in self.keys():
            page = self._pages.pop(key)
            self.removeWidget(page)
            put_away(page)
