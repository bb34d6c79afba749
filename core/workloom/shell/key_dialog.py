"""The keyboard map as a window: every key, where it holds, and a way to change it."""

from collections.abc import Callable, MutableMapping, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workloom.api.ui import Ui
from workloom.shell.ground import grounded
from workloom.shell.keymap import KeyRow, clash, in_effect

WIDTH, HEIGHT, ROW = 640, 560, 32


class KeyDialog(QDialog):
    """`changed` maps row ids to other keys and is written to; `save()` keeps it."""

    def __init__(
        self, kit: Ui, rows: Sequence[KeyRow], changed: MutableMapping[str, str], save: Callable[[], None]
    ) -> None:
        super().__init__(kit.window)
        self.setObjectName("key-map")
        self.setWindowTitle("All keys")
        self.resize(WIDTH, HEIGHT)
        self._kit, self._rows, self._changed, self._save = kit, tuple(rows), changed, save
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(kit.label("All keys", "item-title"))
        layout.addWidget(kit.label("Click a key to change it. Single letters work in lists only.", "muted"))
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        layout.addWidget(self._area, 1)
        self._fault = kit.label("", "danger", wrap=True)
        layout.addWidget(self._fault)
        foot = QHBoxLayout()
        foot.addWidget(kit.button("Back to the usual keys", kind="quiet", on_click=self._reset))
        foot.addStretch(1)
        close = kit.button("Close", key="Esc", on_click=self.accept)
        foot.addWidget(close)
        layout.addLayout(foot)
        self._fill()
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, row: KeyRow, keys: str) -> bool:
        """Give a row other keys; False and a reason when another row has them."""
        taken = clash(keys, row, self._rows, self._changed) if keys else None
        if taken is not None:
            self._fault.setText(f"{keys} is taken by “{taken.title}”. Choose other keys, or change that one first.")
            return False
        self._changed[row.id] = keys
        self._fault.setText("")
        self._save()
        self._fill()
        return True

    def _fill(self) -> None:
        inside = grounded(QWidget(), "window")
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        line = 0
        for where in dict.fromkeys(row.where for row in self._rows):
            heading = self._kit.label(where, "strong")
            heading.setContentsMargins(0, 8, 0, 4)
            grid.addWidget(heading, line, 0, 1, 2)
            line += 1
            for row in (row for row in self._rows if row.where == where):
                grid.setRowMinimumHeight(line, ROW)
                grid.addWidget(self._kit.label(row.title), line, 0)
                grid.addWidget(self._keys(row), line, 1, Qt.AlignmentFlag.AlignRight)
                line += 1
        grid.setRowStretch(line, 1)
        self._area.setWidget(inside)

    def _keys(self, row: KeyRow) -> QWidget:
        keys = in_effect(row, self._changed)
        if row.fixed:
            caps = QWidget()
            inside = QHBoxLayout(caps)
            inside.setContentsMargins(0, 0, 0, 0)
            for key in keys:
                inside.addWidget(self._kit.label(key, "strong") if "…" in key else self._kit.key_caps(key))
            return caps
        button = self._kit.button(keys[0] if keys else "None", kind="quiet", small=True)
        button.setAccessibleName(f"Change the key of {row.title}")
        button.clicked.connect(lambda _checked: self._edit(row, button))
        return button

    def _edit(self, row: KeyRow, button: QWidget) -> None:
        edit = QKeySequenceEdit(self)
        edit.setMaximumSequenceLength(1)
        edit.setAccessibleName(f"New key of {row.title}")

        def done() -> None:
            keys = edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
            edit.hide()
            edit.deleteLater()
            self.change(row, keys)

        edit.editingFinished.connect(done)
        edit.setGeometry(button.geometry().translated(button.parentWidget().mapTo(self, button.rect().topLeft())))  # type: ignore[union-attr]  # it stands in the grid
        edit.show()
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reset(self) -> None:
        self._changed.clear()
        self._fault.setText("")
        self._save()
        self._fill()
