"""One notice as a card: icon, title, text, facts, a button, and a cross."""

from collections.abc import Callable, Sequence
from typing import Final

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workloom.api.contributions import Notice, Tone
from workloom.api.ui import ButtonKind, LabelRole, Ui
from workloom.shell.kit.flow import Flow
from workloom.shell.kit.type_scale import ROLES
from workloom.shell.words import say

WIDTH, RADIUS, FACT_LABEL, BETWEEN = 448, 8, 65, 12
TOP = 7
"""Above the cross, and again above the words: so the cross stands beside the middle of the title."""
LOOKS: Final = {
    Tone.INFORMATION: ("bell", "accent-text"),
    Tone.SUCCESS: ("circle-check", "success"),
    Tone.WARNING: ("triangle-alert", "warning"),
    Tone.ERROR: ("circle-alert", "danger"),
}


Way = tuple[str, Callable[[], None]]
"""Words and click of a button that leads to what a notice is about."""


class NoticeCard(QWidget):
    """Lies over the window's content. `close(card)` is called by the cross, and after a button was used."""

    def __init__(
        self, kit: Ui, notice: Notice, host: QWidget, close: Callable[["NoticeCard"], None], way: Way | None = None
    ) -> None:
        super().__init__(host)
        self.setObjectName("notice")
        self.notice = notice
        self._kit = kit
        self._close = close
        self.setAccessibleName(notice.title)
        self.setAccessibleDescription(notice.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, TOP, 8, 14)
        row.setSpacing(12)
        icon, token = LOOKS[notice.tone]
        picture = kit.label()
        picture.setPixmap(kit.pixmap(icon, token=token, size=18))
        picture.setContentsMargins(0, TOP, 0, 0)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, TOP, 0, 0)
        words.setSpacing(4)
        title = kit.label(notice.title, "strong", wrap=True)
        title.setObjectName("notice-title")
        words.addWidget(title)
        if notice.text:
            text = kit.label(notice.text, "muted", wrap=True, selectable=True)
            text.setObjectName("notice-text")
            words.addWidget(text)
        if notice.facts:
            words.addLayout(facts_grid(kit, notice.facts))
        if notice.run is not None or way is not None:
            words.addSpacing(4)
            words.addLayout(self._buttons(way))
        row.addLayout(words, 1)
        cross = kit.icon_button("x", say("Close notice"), on_click=lambda: self._close(self))
        cross.setObjectName("notice-close")
        row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)

    def fit(self, most: int) -> None:
        """Take the height that the text needs."""
        width = min(round(WIDTH * QApplication.font().pixelSize() / ROLES["base"][0]), most)
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        self.resize(width, max(layout.heightForWidth(width), layout.minimumSize().height()))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Raised ground, one line around."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._kit.tokens.color("raised"))
        painter.setPen(QPen(self._kit.tokens.color("line-strong"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()

    def run(self) -> None:
        """Do what the button says, and close."""
        self._leave(self.notice.run)

    def _leave(self, run: Callable[[], None] | None) -> None:
        self._close(self)
        if run is not None:
            run()

    def _buttons(self, way: Way | None) -> Flow:
        """What the notice offers, and the way to what it is about."""
        row = Flow(8)
        if self.notice.run is not None:
            button = self._kit.button(self.notice.action or say("Show"), small=True, on_click=self.run)
            button.setObjectName("notice-action")
            row.addWidget(button)
        if way is not None:
            text, go = way
            kind: ButtonKind = "quiet" if self.notice.run is not None else "plain"
            button = self._kit.button(text, kind=kind, small=True, on_click=lambda: self._leave(go))
            button.setObjectName("notice-way")
            row.addWidget(button)
        return row


def facts_grid(kit: Ui, facts: Sequence[tuple[str, str]], role: LabelRole = "base") -> QGridLayout:
    """Labels and values of a notice, in two columns."""
    grid = QGridLayout()
    grid.setVerticalSpacing(2)
    grid.setHorizontalSpacing(BETWEEN)
    grid.setColumnMinimumWidth(0, FACT_LABEL)
    grid.setColumnStretch(1, 1)
    for row, (label, value) in enumerate(facts):
        grid.addWidget(kit.label(label, "small"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(kit.label(value, role, selectable=True, wrap=True), row, 1)
    return grid
