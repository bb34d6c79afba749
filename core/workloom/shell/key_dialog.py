"""The keyboard map as a window: every key, where it holds, and a way to change it."""

from collections.abc import Callable, MutableMapping, Sequence

from PyQt6.QtCore import QSize, Qt
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

from workloom.shell.ground import grounded
from workloom.shell.keymap import KeyRow, clash, in_effect, why_not
from workloom.shell.kit.kit import Kit
from workloom.shell.words import say, word

WIDTH, HEIGHT, ROW, AROUND = 640, 560, 36, 48
TAKEN_AWAY = ("Backspace", "Del")
HOW = word("Choose a key to change it. Single letters work in lists only.")
PRESS = word("Press the new keys. Backspace takes the key away, Esc leaves it as it is.")


class KeyDialog(QDialog):
    """`changed` maps row ids to other keys and is written to; `save()` keeps it."""

    def __init__(
        self, kit: Kit, rows: Sequence[KeyRow], changed: MutableMapping[str, str], save: Callable[[], None]
    ) -> None:
        super().__init__(kit.window)
        self.setObjectName("key-map")
        self.setWindowTitle(say("All keys"))
        room = kit.window.size() - QSize(AROUND, AROUND)
        self.resize(QSize(kit.scale.px(WIDTH), kit.scale.px(HEIGHT)).boundedTo(room))
        self._kit, self._rows, self._changed, self._save = kit, tuple(rows), changed, save
        grounded(self, "raised")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(kit.label(say("All keys"), "item-title"))
        self._how = kit.label(say(HOW), "muted", wrap=True)
        layout.addWidget(self._how)
        self._area = QScrollArea()
        self._area.setObjectName("key-rows")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        layout.addWidget(kit.line())
        layout.addWidget(self._area, 1)
        layout.addWidget(kit.line())
        self._fault = kit.label("", "danger", wrap=True)
        self._fault.setObjectName("key-fault")
        self._fault.hide()
        layout.addWidget(self._fault)
        foot = QHBoxLayout()
        usual = kit.button(say("Back to the usual keys"), kind="quiet", on_click=self._reset)
        usual.setObjectName("keys-usual")
        foot.addWidget(usual)
        foot.addStretch(1)
        close = kit.button(say("Close"), key="Esc", on_click=self.accept)
        foot.addWidget(close)
        layout.addLayout(foot)
        self._fill()
        close.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, row: KeyRow, keys: str) -> bool:
        """Give a row other keys, none when empty; False and a reason on the page when they cannot be had."""
        fault = why_not(keys, row) if keys else ""
        taken = clash(keys, row, self._rows, self._changed) if keys and not fault else None
        if taken is not None:
            fault = say(
                "{keys} is taken by “{title}”. Choose other keys, or change that one first.",
                keys=keys,
                title=taken.said,
            )
        self._say(fault)
        if fault:
            return False
        if (keys,) == row.keys[:1] and len(row.keys) == 1:
            self._changed.pop(row.id, None)
        else:
            self._changed[row.id] = keys
        self._save()
        self._fill(row.id)
        return True

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))

    def _fill(self, focused: str = "") -> None:
        at = self._area.verticalScrollBar().value() if focused else 0  # type: ignore[union-attr]  # it always has one
        inside = grounded(QWidget(), "raised")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 4, 12, 12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        line = 0
        for where in dict.fromkeys(row.where for row in self._rows):
            heading = self._kit.label(say(where), "strong")
            heading.setContentsMargins(0, 12, 0, 4)
            grid.addWidget(heading, line, 0, 1, 2)
            line += 1
            for row in (row for row in self._rows if row.where == where):
                grid.setRowMinimumHeight(line, self._kit.scale.px(ROW))
                grid.addWidget(self._kit.label(row.said, wrap=True), line, 0)
                grid.addWidget(self._keys(row), line, 1, Qt.AlignmentFlag.AlignRight)
                line += 1
        grid.setRowStretch(line, 1)
        self._area.setWidget(inside)
        again = inside.findChild(QWidget, f"key-of:{focused}")
        if again is not None:
            self._area.verticalScrollBar().setValue(at)  # type: ignore[union-attr]  # as above
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keys(self, row: KeyRow) -> QWidget:
        keys = in_effect(row, self._changed)
        own = [key for key in keys if key not in row.always]
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 12 if row.fixed else 0, 0)
        inside.setSpacing(4)
        for key in row.always if not row.fixed else keys:
            inside.addWidget(self._kit.key_caps(key))
        if not row.fixed:
            button = self._kit.button("" if own else say("None"), kind="quiet", key=own[0] if own else "")
            button.setObjectName(f"key-of:{row.id}")
            button.setAccessibleName(say("Change the key of {title}", title=row.said))
            button.clicked.connect(lambda _checked: self._edit(row, button))
            inside.addWidget(button)
        return holder

    def _edit(self, row: KeyRow, button: QWidget) -> None:
        edit = QKeySequenceEdit(button)
        edit.setObjectName("key-edit")
        edit.setMaximumSequenceLength(1)
        edit.setAccessibleName(say("New key of {title}", title=row.said))
        self._how.setText(say(PRESS))
        self._say("")

        def done() -> None:
            keys = edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
            edit.blockSignals(True)
            edit.hide()
            edit.deleteLater()
            self._how.setText(say(HOW))
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            if keys and keys != "Esc":
                self.change(row, "" if keys in TAKEN_AWAY else keys)

        edit.editingFinished.connect(done)
        edit.setGeometry(button.rect())
        edit.show()
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reset(self) -> None:
        self._changed.clear()
        self._say("")
        self._save()
        self._fill()
