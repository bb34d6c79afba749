"""A form: labels and fields in one or two columns, errors below their field."""

from collections.abc import Callable

from msgspec import Struct
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from workloom.api.ui import Field
from workloom.shell.kit import labels
from workloom.shell.kit.fields.base import flash
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.read_value import ReadValue
from workloom.shell.kit.type_scale import TypeScale
from workloom.shell.later import later

NARROW = 560
TWO_COLUMNS = 680
LABEL_WIDTH = 120
"""Pixels at 100 % text size; larger text needs more."""

SAID_MS = 8000
"""Milliseconds that it is said who changed a field."""


class _Line(Struct, kw_only=True):
    """One label with its cell, and where errors go."""

    label: QLabel
    cell: QWidget
    error: QWidget
    error_text: QLabel
    wide: bool
    field: Field | None = None
    read: ReadValue | None = None
    said: QLabel


class Form(QWidget):
    """Lays its lines out anew when its width passes a limit."""

    def __init__(self, icons: Icons, scale: TypeScale, columns: int) -> None:
        super().__init__()
        self._icons, self._scale, self._columns = icons, scale, columns
        self._lines: dict[str, _Line] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(4)
        self._shape: tuple[int, bool, float] | None = None

    @property
    def widget(self) -> QWidget:
        """The form itself."""
        return self

    def add(self, key: str, label: str, field: Field, *, required: bool = False, wide: bool = False) -> None:
        """Add an editable field."""
        line = self._line(f"{label} *" if required else label, field.widget, wide)
        line.field = field
        self._put(key, line)

    def add_text(self, key: str, label: str, text: str) -> None:
        """Add a read-only value that can be selected and copied."""
        read = ReadValue(self._icons, label)
        read.show_text(text)
        line = self._line(label, read, wide=False)
        line.read = read
        self._put(key, line)

    def set_text(self, key: str, text: str) -> None:
        """Change a value."""
        line = self._lines[key]
        if line.read is not None:
            line.read.show_text(text)
        elif line.field is not None:
            line.field.set_text(text)

    def set_error(self, key: str, text: str) -> None:
        """Show one line below the field; empty takes it away."""
        line = self._lines[key]
        line.error_text.setText(text)
        line.error.setVisible(bool(text))
        if line.field is not None:
            line.field.set_error(text)

    def flash(self, key: str, said: str = "") -> None:
        """Soft ground for 1.5 s: somebody else changed the field; `said` stands below it a little longer."""
        line = self._lines[key]
        flash(line.cell)
        line.said.setText(said)
        line.said.setVisible(bool(said))
        later(line.said, SAID_MS, line.said.hide)

    def set_link(self, key: str, opened: Callable[[], None] | None, tip: str = "") -> None:
        """An icon after a read-only value that opens what it names."""
        read = self._lines[key].read
        assert read is not None, f"{key} is edited here"
        read.set_link(opened, tip)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent | None) -> None:
        """Qt: fonts have changed, perhaps because the text has another size: its labels need more room or less."""
        super().changeEvent(event)
        if self._lines and event is not None and event.type() == QEvent.Type.FontChange:
            self._lay_out()

    def _line(self, text: str, cell: QWidget, wide: bool) -> _Line:
        caption = labels.label(self._scale, text, "muted", elide=False, selectable=False, wrap=True)
        error = QWidget()
        row = QHBoxLayout(error)
        row.setContentsMargins(0, 1, 0, 2)
        row.setSpacing(6)
        row.addWidget(labels.picture(self._icons.pixmap("circle-alert", "danger", 14)), 0, Qt.AlignmentFlag.AlignTop)
        error_text = labels.label(self._scale, "", "danger", elide=False, selectable=True, wrap=True)
        row.addWidget(error_text, 1, Qt.AlignmentFlag.AlignTop)
        error.hide()
        said = labels.label(self._scale, "", "small", elide=False, selectable=False, wrap=True)
        said.hide()
        return _Line(label=caption, cell=cell, error=error, error_text=error_text, said=said, wide=wide)

    def _put(self, key: str, line: _Line) -> None:
        self._lines[key] = line
        line.cell.setSizePolicy(QSizePolicy.Policy.Expanding, line.cell.sizePolicy().verticalPolicy())
        self._shape = None
        self._lay_out()

    def _lay_out(self) -> None:
        width, px = self.width(), self._scale.px
        shape = (self._columns if width >= px(TWO_COLUMNS) else 1, width >= px(NARROW), self._scale.scale)
        if shape == self._shape:
            return
        self._shape = shape
        focused = self.window().focusWidget()  # type: ignore[union-attr]  # of this form it would be the last that ever had it
        columns, beside, _text_size = shape
        while self._grid.count():
            self._grid.takeAt(0)
        for index in range(5):
            self._grid.setColumnStretch(index, 0)
            self._grid.setColumnMinimumWidth(index, 0)
        for side in range(columns):
            self._grid.setColumnStretch(side * 2, 1)
        if columns == 2:
            self._grid.setColumnMinimumWidth(1, 30)
        self._fill(columns, beside)
        if focused is not None and self.isAncestorOf(focused):
            # Qt takes the focus from a widget that moves to another parent.
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, columns: int, beside: bool) -> None:
        """Fields stand row by row in their order, which is also that of the Tab key; wide ones take a row each."""
        groups: list[list[_Line]] = [[]]
        for line in self._lines.values():
            if line.wide:
                groups += [[line], []]
            else:
                groups[-1].append(line)
        row = 0
        for group in groups:
            if len(group) == 1 and group[0].wide:
                self._grid.addWidget(self._cell(group[0], beside), row, 0, 1, 3 if columns == 2 else 1)
                row += 1
                continue
            for index, line in enumerate(group):
                self._grid.addWidget(self._cell(line, beside), row + index // columns, 2 * (index % columns))
            row += -(-len(group) // columns)

    def _cell(self, line: _Line, beside: bool) -> QWidget:
        """Label, field and error as one widget; the label left of the field or above it."""
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        if beside:
            line.label.setFixedWidth(self._scale.px(LABEL_WIDTH))
            line.label.setContentsMargins(0, self._scale.px(8), 0, 0)
            grid.addWidget(line.label, 0, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line.cell, 0, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(line.error, 1, 1)
            grid.addWidget(line.said, 2, 1)
        else:
            line.label.setMinimumWidth(0)
            line.label.setMaximumWidth(16777215)
            line.label.setContentsMargins(0, 2, 0, 0)
            grid.addWidget(line.label, 0, 1)
            grid.addWidget(line.cell, 1, 1)
            grid.addWidget(line.error, 2, 1)
            grid.addWidget(line.said, 3, 1)
        grid.setColumnStretch(1, 1)
        self._forget_empty_holders()
        return holder

    def _forget_empty_holders(self) -> None:
        for child in self.children():
            layout = child.layout() if isinstance(child, QWidget) else None
            if layout is not None and layout.count() == 0:
                child.deleteLater()
