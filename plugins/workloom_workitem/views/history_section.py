"""Who had the item before, as a few lines of the case area; nothing when it came straight from its queue."""

from PyQt6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workloom.api import Say, wording
from workloom.api.ui import Ui
from workloom_workitem.hand_overs import HandOver
from workloom_workitem.model import ItemModel

SHOWN = 3
WHEN_WIDTH = 120


class HistorySection(QWidget):
    """The latest hand-overs of one item, the newest first."""

    def __init__(self, ui: Ui, say: Say) -> None:
        super().__init__()
        self.setObjectName("hand-overs")
        self._ui, self._translate = ui, say
        self._shown: tuple[HandOver, ...] = ()
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(4)
        self._lines.setColumnMinimumWidth(0, WHEN_WIDTH)
        self._lines.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 14)
        column.setSpacing(8)
        column.addWidget(ui.label(say("Before"), "panel-title"))
        column.addLayout(self._lines)

    def show_model(self, model: ItemModel) -> None:
        """Show them."""
        if model.hand_overs == self._shown:
            return
        self._shown = model.hand_overs
        while (entry := self._lines.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        latest = model.hand_overs[-SHOWN:]
        for row, each in enumerate(reversed(latest)):
            self._lines.addWidget(self._ui.label(wording.moment(each.at, model.read_at), "muted"), row, 0)
            self._lines.addWidget(self._ui.label(each.words, elide=True, selectable=True), row, 1)
        earlier = len(model.hand_overs) - len(latest)
        if earlier:
            said = self._translate("and {count} earlier", count=earlier)
            self._lines.addWidget(self._ui.label(said, "muted"), len(latest), 1)
