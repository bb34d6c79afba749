"""The field in which people search: a magnifier, and the caps of its key while it is empty."""

from PyQt6.QtCore import QEvent, QObject, QRect, Qt
from PyQt6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from workloom.shell.kit.fields.text import TextField
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import key_parts
from workloom.shell.kit.tokens import Tokens
from workloom.shell.kit.type_scale import TypeScale


class SearchField(TextField):
    """A line with a magnifier and, while it is empty, the caps of its key."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale, name: str, placeholder: str, key: str) -> None:
        super().__init__(tokens, scale, name, placeholder, "")
        glass = QAction(icons.icon("search", "muted"), name, self._edit)
        self._edit.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._edit.setClearButtonEnabled(False)
        self._caps = _Caps(self._edit, tokens, scale, key)
        self._edit.setAccessibleDescription(key)


class _Caps(QWidget):
    """Caps that lie over the right end of a search field while it is empty."""

    def __init__(self, field: QLineEdit, tokens: Tokens, scale: TypeScale, key: str) -> None:
        super().__init__(field)
        self._field, self._tokens, self._scale, self._parts = field, tokens, scale, key_parts(key)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        field.textChanged.connect(self._show)
        field.installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Qt: follow the field's size."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _show(self, text: str) -> None:
        self.setVisible(not text)
        self._place()

    def _place(self) -> None:
        """At the right end; what stands in the empty field ends before the caps."""
        metrics = QFontMetrics(self._scale.font("meta"))
        width = sum(metrics.horizontalAdvance(part) + 13 for part in self._parts) + 2
        self.setGeometry(max(0, self._field.width() - width - 6), 0, width, self._field.height())
        self._field.setTextMargins(0, 0, 0 if self._field.text() else width, 0)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: draw the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._scale.font("meta"))
        right = self.width() - 2
        for part in reversed(self._parts):
            width = painter.fontMetrics().horizontalAdvance(part) + 9
            cap = QRect(right - width, (self.height() - 18) // 2, width, 18)
            painter.setPen(self._tokens.color("line"))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(self._tokens.color("muted"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, part)
            right -= width + 4
        painter.end()
