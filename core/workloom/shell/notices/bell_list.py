"""The list under the bell: every notice since login, the newest first."""

from datetime import datetime

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workloom.api.ui import Popup, Ui
from workloom.domain.wording import moment
from workloom.shell.ground import grounded
from workloom.shell.notices.card import LOOKS, facts_grid
from workloom.shell.notices.log import Entry, NoticeLog
from workloom.shell.words import say

WIDTH, HEIGHT, SIDE = 420, 400, 16


class BellButton(QWidget):
    """`2 notices` in the top bar; opens the list."""

    def __init__(self, kit: Ui, log: NoticeLog, key: str = "") -> None:
        super().__init__()
        self._kit = kit
        self._log = log
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.button: QPushButton = kit.button(say("Notices"), icon="bell", kind="quiet", key=key, on_click=self.open)
        self.button.setObjectName("top-notices")
        row.addWidget(self.button)
        self._popup: Popup | None = None
        log.changed = self._show
        self._show()

    def open(self) -> None:
        """Show the list; what is in it counts as seen."""
        popup = self._kit.popup(say("Notices"))
        fill(popup.body, self._kit, self._log.entries, self._kit_now())
        popup.open_at(self.button, width=WIDTH)
        self._popup = popup
        self._log.seen()

    def _kit_now(self) -> datetime:
        return self._log.entries[0].at if self._log.entries else datetime.now().astimezone()

    def _show(self) -> None:
        unseen = self._log.unseen
        words = (
            say("No new notices")
            if unseen == 0
            else say("1 notice")
            if unseen == 1
            else say("{unseen} notices", unseen=unseen)
        )
        self.button.setText(say("Notices") if unseen == 0 else words)
        self.button.setAccessibleName(words)


def fill(body: QWidget, kit: Ui, entries: tuple[Entry, ...], now: datetime) -> None:
    """Lay the list into a pop-up."""
    layout = QVBoxLayout(body)
    layout.setContentsMargins(0, 12, 0, 8)
    layout.setSpacing(8)
    title = kit.label(say("Notices"), "panel-title")
    title.setContentsMargins(SIDE, 0, SIDE, 0)
    layout.addWidget(title)
    if not entries:
        nothing = kit.label(say("Nothing has happened since you logged in."), "muted")
        nothing.setContentsMargins(SIDE, 0, SIDE, 8)
        layout.addWidget(nothing)
        return
    inside = grounded(QWidget(), "raised")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for entry in entries:
        column.addWidget(kit.line())
        column.addLayout(_row(kit, entry, now))
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(say("Notices, the newest first"))
    area.setWidgetResizable(True)
    area.setWidget(inside)
    wanted = inside.heightForWidth(WIDTH - SIDE) if inside.hasHeightForWidth() else inside.sizeHint().height()
    area.setFixedHeight(min(HEIGHT, wanted))
    layout.addWidget(area)


def _row(kit: Ui, entry: Entry, now: datetime) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(SIDE, 10, SIDE, 10)
    row.setSpacing(10)
    icon, token = LOOKS[entry.notice.tone]
    picture = kit.label()
    picture.setPixmap(kit.pixmap(icon, token=token, size=16))
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(kit.label(entry.notice.title, "strong", wrap=True))
    if entry.notice.text:
        words.addWidget(kit.label(entry.notice.text, "small", wrap=True, selectable=True))
    if entry.notice.facts:
        words.addLayout(facts_grid(kit, entry.notice.facts, "small"))
    row.addLayout(words, 1)
    row.addWidget(kit.label(_time(entry.at, now), "meta"), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _time(at: datetime, now: datetime) -> str:
    local = at.astimezone()
    return f"{local:%H:%M}" if local.date() == now.astimezone().date() else moment(at, now)
