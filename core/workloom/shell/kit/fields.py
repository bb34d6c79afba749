"""Fields in which a value is edited. Each has the same small face: text, error, edited, left."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QEvent, QObject, QSize, Qt
from PyQt6.QtGui import (
    QAction,
    QIcon,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from workloom.api.ui import Choice
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import restyle
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.later import later

FLASH_MS = 1500


class _Leaving(QObject):
    """Tells when the person leaves a widget by keyboard or mouse, not when a pop-up opens."""

    def __init__(self, watched: QWidget, left: Callable[[], None]) -> None:
        super().__init__(watched)
        self._left = left
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: the focus has gone."""
        if event is not None and event.type() == QEvent.Type.FocusOut:
            reason = getattr(event, "reason", lambda: None)()
            if reason != Qt.FocusReason.PopupFocusReason:
                self._left()
        return super().eventFilter(watched, event)


def flash(widget: QWidget) -> None:
    """Soft ground for a moment: somebody else changed the field."""
    widget.setProperty("flash", True)
    restyle(widget)

    def over() -> None:
        widget.setProperty("flash", False)
        restyle(widget)

    later(widget, FLASH_MS, over)


class FieldBase:
    """What all fields share."""

    def __init__(self, widget: QWidget, name: str) -> None:
        self._widget = widget
        widget.setAccessibleName(name)

    @property
    def widget(self) -> QWidget:
        """The widget that goes into a layout."""
        return self._widget

    def set_error(self, text: str) -> None:
        """Mark the field as wrong; empty = right again."""
        if bool(self._widget.property("wrong")) != bool(text):
            self._widget.setProperty("wrong", bool(text))
            restyle(self._widget)
        self._widget.setAccessibleDescription(text)
        self._widget.setToolTip("")

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person leaves the field."""
        _Leaving(self._widget, left)


class TextField(FieldBase):
    """One line of text; `unit` stands at its right end."""

    def __init__(self, tokens: Tokens, scale: TypeScale, name: str, placeholder: str, unit: str) -> None:
        self._edit = _LineEdit(tokens, scale, unit)
        self._edit.setPlaceholderText(placeholder)
        super().__init__(self._edit, name)
        self._edit.editingFinished.connect(self._finished)
        self._left: list[Callable[[], None]] = []

    def text(self) -> str:
        """What is in the field."""
        return self._edit.text()

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""
        self._edit.setText(text)
        self._edit.setCursorPosition(0)

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back at each edit by the person."""
        self._edit.textEdited.connect(lambda _text: edited())

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person leaves the field or presses Enter."""
        self._left.append(left)

    def _finished(self) -> None:
        for left in self._left:
            left()


class _LineEdit(QLineEdit):
    def __init__(self, tokens: Tokens, scale: TypeScale, unit: str) -> None:
        super().__init__()
        self._tokens, self._unit = tokens, unit
        if unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit) + 10, 0)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self._unit:
            painter = QPainter(self)
            painter.setPen(self._tokens.color("muted"))
            right = self.rect().adjusted(0, 0, -9, 0)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._unit)
            painter.end()


class TextArea(FieldBase):
    """Several lines. Tab leaves it."""

    def __init__(self, name: str, lines: int, placeholder: str) -> None:
        self._edit = _TextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setPlaceholderText(placeholder)
        self._edit.setMinimumHeight(self._edit.fontMetrics().lineSpacing() * lines + 18)
        self._edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        super().__init__(self._edit, name)
        self._silent = False

    def text(self) -> str:
        """What is in the field."""
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""
        if text == self._edit.toPlainText():
            return
        self._silent = True
        self._edit.setPlainText(text)
        self._silent = False

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back at each edit by the person."""
        self._edit.textChanged.connect(lambda: None if self._silent else edited())


class _TextEdit(QPlainTextEdit):
    """As high as its lines; whoever lays it out may give it more."""

    def sizeHint(self) -> QSize:
        """Qt: Qt's own is 192 high."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Qt: the same."""
        return QSize(0, self.minimumHeight())


class CheckField(FieldBase):
    """A box: `true` or `false`."""

    def __init__(self, icons: Icons, name: str, text: str) -> None:
        self._box = _CheckBox(icons, text)
        super().__init__(self._box, name or text)

    def text(self) -> str:
        """`true` or `false`."""
        return "true" if self._box.isChecked() else "false"

    def set_text(self, text: str) -> None:
        """Show a value without calling back."""
        self._box.setChecked(text == "true")

    def on_edited(self, edited: Callable[[], None]) -> None:
        """Call back when the person ticks."""
        self._box.clicked.connect(lambda _on: edited())

    def on_left(self, left: Callable[[], None]) -> None:
        """Call back when the person ticks: a tick is a whole edit."""
        self._box.clicked.connect(lambda _on: left())


class _CheckBox(QCheckBox):
    """A check box that draws its tick from our icons."""

    def __init__(self, icons: Icons, text: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._icons = icons

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        if self.isChecked():
            token = "on-accent" if self.isEnabled() else "muted"
            pixmap = self._icons.pixmap("check", token, 14, self.devicePixelRatioF())
            QPainter(self).drawPixmap(2, (self.height() - 14) // 2, pixmap)


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


class DateField(TextField):
    """A date, typed, or picked from a calendar that opens at the right end."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str) -> None:
        super().__init__(tokens, scale, name, "20 Nov 2026", "")
        self._tokens, self._icons = tokens, icons
        pick = QAction(QIcon(icons.icon("calendar", "muted")), f"Choose {name} from a calendar", self._edit)
        pick.triggered.connect(self._open)
        self._edit.addAction(pick, QLineEdit.ActionPosition.TrailingPosition)

    def _open(self) -> None:
        from PyQt6.QtCore import QDate, QLocale, QPoint
        from PyQt6.QtGui import QTextCharFormat
        from PyQt6.QtWidgets import QCalendarWidget, QToolButton

        english = QLocale(QLocale.Language.English)
        calendar = QCalendarWidget(self._edit)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setLocale(english)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setAccessibleName("Calendar")
        calendar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)  # draws its edge
        calendar.setContentsMargins(4, 4, 4, 4)
        same = QTextCharFormat()
        same.setForeground(self._tokens.color("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, same)
        for name, icon in (("prev", "chevron-left"), ("next", "chevron-right")):
            step = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
            assert step is not None
            step.setIcon(self._icons.icon(icon, "muted"))
        found = english.toDate(self.text().strip(), "d MMM yyyy")
        calendar.setSelectedDate(found if found.isValid() else QDate.currentDate())

        def take(date: QDate) -> None:
            self._edit.setText(english.toString(date, "d MMM yyyy"))
            self._edit.textEdited.emit(self._edit.text())
            calendar.close()
            calendar.deleteLater()
            self._finished()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        calendar.move(self._edit.mapToGlobal(QPoint(0, self._edit.height() + 2)))
        calendar.show()
        calendar.setFocus()
