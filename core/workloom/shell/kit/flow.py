"""A row that goes on in the next line where there is no room: what large text needs is not cut off."""

from collections.abc import Iterator

from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays widgets from left to right. `grow` takes what is left of its line."""

    def __init__(self, gap: int, line_gap: int | None = None) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._gap, self._line_gap = gap, gap if line_gap is None else line_gap
        self._items: list[QLayoutItem] = []
        self.grow: QWidget | None = None

    def addItem(self, item: QLayoutItem | None) -> None:
        """Qt: add at the end."""
        if item is not None:
            self._items.append(item)
            self.invalidate()

    def count(self) -> int:
        """Qt: how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt: one of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt: take one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Qt: as wide as may be."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Qt: the narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: height of the lines."""
        lines = list(self._lines(width))
        return sum(_height(line) for line in lines) + self._line_gap * max(len(lines) - 1, 0)

    def sizeHint(self) -> QSize:
        """Qt: all in one line."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._gap * max(len(shown) - 1, 0)
        return QSize(width, _height(shown))

    def minimumSize(self) -> QSize:
        """Qt: the widest stands alone."""
        shown = self._shown()
        return QSize(max((item.minimumSize().width() for item in shown), default=0), _height(shown))

    def setGeometry(self, rect: QRect) -> None:
        """Qt: place all."""
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            height, left = _height(line), rect.left()
            spare = rect.width() - sum(_width(item) for item in line) - self._gap * (len(line) - 1)
            for item in line:
                grows = self.grow is not None and item.widget() is self.grow
                width = min(_width(item) + (spare if grows else 0), rect.width())
                own = min(item.sizeHint().height(), height)
                item.setGeometry(QRect(QPoint(left, top + (height - own) // 2), QSize(width, own)))
                left += width + self._gap
            top += height + self._line_gap

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        line: list[QLayoutItem] = []
        used = 0
        for item in self._shown():
            more = _width(item) + (self._gap if line else 0)
            if line and used + more > width:
                yield line
                line, used, more = [], 0, _width(item)
            line.append(item)
            used += more
        if line:
            yield line


def _width(item: QLayoutItem) -> int:
    """What it needs: its hint, or its least where it may be narrower."""
    widget = item.widget()
    if widget is not None and widget.minimumWidth() > 0:
        return widget.minimumWidth()
    return max(item.sizeHint().width(), item.minimumSize().width())


def _height(items: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in items), default=0)
