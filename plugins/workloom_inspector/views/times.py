"""How long hooks take against their budgets, as bars."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from workloom.api import CallTiming, Say, say_count
from workloom.api.ui import Ui, WhenGone
from workloom_inspector.overview import Overview, against_budget

BAR, TICK = 8, 14
"""Pixels: height of a bar, and of the mark of the budget, which stands in its middle."""

SHARES = (4, 3, 8)
"""How place, plugin and bar divide what the figures leave."""


class Bar(QWidget):
    """A share of twice the budget; over the budget it is red."""

    def __init__(self, ui: Ui, timing: CallTiming, said: str) -> None:
        super().__init__()
        self._ui, self._share = ui, timing.percentile / timing.budget / 2
        self.setFixedHeight(TICK + 4)
        self.setMinimumWidth(80)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said)
        self._end = WhenGone(self, ui.tokens.on_change(self.update))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Qt: ground, share, budget."""
        color = self._ui.tokens.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - BAR) / 2
        painter.setBrush(color("hover"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), BAR), 4, 4)
        painter.setBrush(color("danger" if self._share > 0.5 else "accent"))
        painter.drawRoundedRect(QRectF(0, top, max(BAR, self.width() * min(self._share, 1.0)), BAR), 4, 4)
        painter.setBrush(color("danger"))
        painter.drawRect(QRectF(self.width() / 2 - 1, (self.height() - TICK) / 2, 2, TICK))
        painter.end()


class Times(QWidget):
    """The places that come nearest to their budgets."""

    def __init__(self, ui: Ui, say: Say) -> None:
        super().__init__()
        self._ui, self._translate = ui, say
        self._shown: tuple[CallTiming, ...] = ()
        self._grid = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 16)
        self._column.addWidget(self._grid)
        self._column.addStretch(1)

    def show_times(self, overview: Overview) -> None:
        """Draw them, when they have changed."""
        timings = overview.slowest()
        if timings == self._shown:
            return
        self._shown = timings
        self._column.removeWidget(self._grid)
        self._grid.hide()
        self._grid.deleteLater()
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, share in enumerate(SHARES):
            grid.setColumnStretch(column, share)
        for row, timing in enumerate(timings):
            info = overview.info(timing.plugin)
            over = timing.percentile > timing.budget
            calls = say_count(self._translate, timing.calls, "{count} call", "{count:,} calls")
            said = against_budget(timing, self._translate)
            where = self._ui.label(timing.where, "mono", elide=True)
            where.setToolTip(timing.where)
            right = self._ui.label(said, "danger" if over else "base")
            right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(where, row, 0)
            grid.addWidget(self._ui.label(info.name if info else timing.plugin, "muted", elide=True), row, 1)
            grid.addWidget(Bar(self._ui, timing, said), row, 2)
            grid.addWidget(right, row, 3)
            grid.addWidget(self._ui.label(calls, "muted"), row, 4)
        self._column.insertWidget(0, self._grid)
