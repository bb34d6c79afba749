"""Labels and values under one another, in two columns where there is room."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from workloom.api.contributions import Fact
from workloom.shell.kit.icons import Icons
from workloom.shell.kit.labels import Label, label, plain_tooltip, restyle
from workloom.shell.kit.tokens import Tokens, follow
from workloom.shell.kit.type_scale import TypeScale

LABEL_WIDTH = 108
GAP = 32
TWO_COLUMNS_FROM = 560


class _Entry:
    def __init__(self, scale: TypeScale) -> None:
        self.label = label(scale, "", "muted", elide=False, selectable=False, wrap=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.value = label(scale, "", "base", elide=False, selectable=True, wrap=True)
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.icon = QLabel()
        self.box = QWidget()
        row = QHBoxLayout(self.box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.value, 1, Qt.AlignmentFlag.AlignTop)


class FactGrid(QWidget):
    """Shows facts; entries are kept and filled anew, so that a refresh does not flicker."""

    def __init__(self, tokens: Tokens, icons: Icons, scale: TypeScale) -> None:
        super().__init__()
        self._icons, self._scale = icons, scale
        self._facts: tuple[Fact, ...] = ()
        self._entries: list[_Entry] = []
        self._columns = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._theme = follow(tokens, self, self._fill)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, in their order."""
        if tuple(facts) == self._facts:
            return
        before, self._facts = len(self._facts), tuple(facts)
        while len(self._entries) < len(self._facts):
            self._entries.append(_Entry(self._scale))
        if before != len(self._facts):
            self._place()
        self._fill()

    def values(self) -> dict[str, str]:
        """What is shown, by label."""
        return {fact.label: fact.value for fact in self._facts}

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the width has changed."""
        super().resizeEvent(event)
        columns = 2 if self.width() >= self._scale.px(TWO_COLUMNS_FROM) else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        shown = self._entries[: len(self._facts)]
        height = -(-len(shown) // self._columns)
        for place, entry in enumerate(shown):
            column, row = divmod(place, max(height, 1))
            self._grid.addWidget(entry.label, row, column * 3)
            self._grid.addWidget(entry.box, row, column * 3 + 1)
        self._grid.setColumnMinimumWidth(0, self._scale.px(LABEL_WIDTH))
        self._grid.setColumnMinimumWidth(3, self._scale.px(LABEL_WIDTH) if self._columns == 2 else 0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(2, GAP if self._columns == 2 else 0)
        self._grid.setColumnStretch(4, 1 if self._columns == 2 else 0)
        for place, entry in enumerate(self._entries):
            entry.label.setVisible(place < len(shown))
            entry.box.setVisible(place < len(shown))

    def _fill(self) -> None:
        for fact, entry in zip(self._facts, self._entries, strict=False):
            entry.label.setText(fact.label)
            entry.value.setText(fact.value)
            entry.value.setToolTip(plain_tooltip(fact.tooltip))
            _tone(entry.value, fact.tone)
            entry.icon.setVisible(bool(fact.icon))
            if fact.icon:
                token = fact.tone or "text"
                entry.icon.setPixmap(self._icons.pixmap(fact.icon, token, 16, self.devicePixelRatioF()))
                entry.icon.setFixedSize(16, self._scale.px(18))


def _tone(value: Label, tone: str) -> None:
    if value.property("tone") != tone:
        value.setProperty("tone", tone)
        restyle(value)
