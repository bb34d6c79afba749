"""One of many, with folders."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PyQt6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from workloom.api.ui import Choice
from workloom.shell.kit.fields.base import FieldBase
from workloom.shell.kit.icons import Icons


class Combo(FieldBase):
    """One of many; folders are headings, and what is chosen is shown with its path: `Pay › Paid in part`."""

    def __init__(self, icons: Icons, name: str, choices: Sequence[Choice], placeholder: str) -> None:
        self._box = _ComboBox(icons, placeholder)
        super().__init__(self._box, name)
        self._fill(choices, (), 0)
        self._box.setCurrentIndex(-1)

    def text(self) -> str:
        """The id of the chosen entry, empty = none."""
        return str(self._box.currentData() or "")

    def set_text(self, text: str) -> None:
        """Choose by id without calling back; an id that is not offered is shown as it is."""
        index = self._box.findData(text) if text else -1
        if text and index < 0:
            self._box.add(text, text, text, 0)
            index = self._box.count() - 1
        self._box.setCurrentIndex(index)

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back when the person chooses."""
        self._box.activated.connect(lambda _index: edited())

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person chooses: a choice is a whole edit."""
        self._box.activated.connect(lambda _index: left())

    def _fill(self, choices: Sequence[Choice], path: tuple[str, ...], depth: int) -> None:
        for choice in choices:
            whole = (*path, choice.text)
            if choice.choices:
                self._box.add_folder(choice.text, depth)
                self._fill(choice.choices, whole, depth + 1)
            else:
                self._box.add(choice.id, choice.text, " › ".join(whole), depth)


class _ComboBox(QComboBox):
    PATH = Qt.ItemDataRole.UserRole + 1

    def __init__(self, icons: Icons, placeholder: str) -> None:
        super().__init__()
        self._icons = icons
        self._entries = QStandardItemModel(self)
        self.setModel(self._entries)
        self.setPlaceholderText(placeholder)
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def add(self, key: str, text: str, path: str, depth: int) -> None:
        entry = QStandardItem("    " * depth + text)
        entry.setData(key, Qt.ItemDataRole.UserRole)
        entry.setData(path, self.PATH)
        self._entries.appendRow(entry)

    def add_folder(self, text: str, depth: int) -> None:
        entry = QStandardItem("    " * depth + text)
        entry.setFlags(Qt.ItemFlag.NoItemFlags)
        self._entries.appendRow(entry)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        # A wheel over a form must scroll it, not change a value that nobody looked at.
        if event is not None:
            event.ignore()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        chevron = self._icons.pixmap("chevron-down", "muted", 16, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 26, (self.height() - 16) // 2, chevron)
        index = self.currentIndex()
        shown = str(self.itemData(index, self.PATH) or "") if index >= 0 else ""
        role = self.palette().ColorRole.Text if shown else self.palette().ColorRole.PlaceholderText
        if not self.isEnabled():
            role = self.palette().ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        left = 11
        if index >= 0 and not self.itemIcon(index).isNull():
            self.itemIcon(index).paint(painter, 9, (self.height() - 16) // 2, 16, 16)
            left = 33
        room = self.rect().adjusted(left, 0, -30, 0)
        text = self.fontMetrics().elidedText(shown or self.placeholderText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
