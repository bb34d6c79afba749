"""A further key of the case data, where no format says which there are."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workloom.api import Say
from workloom.api.ui import Ui


class AddValue(QWidget):
    """A button that becomes two fields; `add(key, text)` is called when both are filled."""

    def __init__(self, ui: Ui, say: Say, add: Callable[[str, str], None]) -> None:
        super().__init__()
        self._add = add
        self._open = ui.button(say("Add case data"), icon="plus", kind="link", small=True, on_click=self._begin)
        self._open.setObjectName("case.add")
        self._key = ui.text_field(say("Name of the new value"), placeholder=say("Name"))
        self._text = ui.text_field(say("New value"), placeholder=say("Value"))
        self._key.widget.setObjectName("case.add.key")
        self._text.widget.setObjectName("case.add.text")
        self._done = ui.button(say("Add"), small=True, on_click=self._end)
        self._done.setObjectName("case.add.done")
        self._fields = (self._key.widget, self._text.widget, self._done)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in self._fields:
            row.addWidget(widget)
        row.addStretch(1)
        if isinstance(self._text.widget, QLineEdit):
            self._text.widget.returnPressed.connect(self._end)
        self._fold(True)

    def _fold(self, folded: bool) -> None:
        self._open.setVisible(folded)
        for widget in self._fields:
            widget.setVisible(not folded)

    def _begin(self) -> None:
        self._fold(False)
        self._key.widget.setFocus()

    def _end(self) -> None:
        key, text = self._key.text().strip(), self._text.text().strip()
        if not key or not text:
            (self._text if key else self._key).widget.setFocus()
            return
        self._key.set_text("")
        self._text.set_text("")
        self._fold(True)
        self._add(key, text)
