"""The notices of one window: cards at the bottom right, the newest at the bottom; all remain under the bell."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QWidget

from workloom.api.contributions import Notice, Tone
from workloom.api.ui import Ui
from workloom.shell.later import later
from workloom.shell.notices.card import NoticeCard, Way
from workloom.shell.notices.log import NoticeLog

GOES_AFTER: Final = 6000
UNDO_FOR: Final = 8000
"""Milliseconds."""

UNDO: Final = "Undo"
"""The action of a notice that takes back what it tells of."""

GAP, EDGE, AT_MOST, NARROWEST = 8, 16, 4, 320
STATUS_BAR = 28


class NoticeBoard(QObject):
    """Shows cards over the window's content and keeps the list for the bell."""

    def __init__(self, kit: Ui, host: QWidget, now: Callable[[], datetime]) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self.log = NoticeLog(now)
        self._takers: list[Callable[[Notice], bool]] = []
        self._cards: list[NoticeCard] = []
        self._elsewhere: frozenset[str] = frozenset()
        self._right = 0
        self.way_to: Callable[[str], Way | None] = lambda _about: None
        """The way to what a notice is about, by `Notice.about`."""
        host.installEventFilter(self)

    @property
    def cards(self) -> tuple[NoticeCard, ...]:
        """Cards in sight, from the oldest to the newest."""
        return tuple(self._cards)

    def show(self, notice: Notice) -> None:
        """Show a notice and keep it. It takes the place of a card that says the same, or is about the same."""
        self.log.add(notice)
        taken = [take(notice) for take in tuple(self._takers)]  # each hears of it, whoever shows it
        if any(taken) or notice.about in self._elsewhere:
            return
        for card in self.cards:
            said = card.notice
            if (said.title, said.text) == (notice.title, notice.text) or (notice.about and said.about == notice.about):
                self._close(card)
        card = NoticeCard(self._kit, notice, self._host, close=self._close, way=self.way_to(notice.about))
        self._cards.append(card)
        if notice.tone in (Tone.INFORMATION, Tone.SUCCESS):
            later(card, UNDO_FOR if notice.run else GOES_AFTER, lambda: self._close(card))
        self._arrange()

    def said_elsewhere(self, subjects: Collection[str]) -> None:
        """What the window says at another place, by `Notice.about`: no card of it, it only goes under the bell."""
        self._elsewhere = frozenset(subjects)
        for card in self.cards:
            if card.notice.about in self._elsewhere:
                self._close(card)

    def on_notice(self, take: Callable[[Notice], bool]) -> Callable[[], None]:
        """Let somebody else hear of each notice, and show it in place of this board by answering True; its undo."""
        self._takers.append(take)

        def undo() -> None:
            if take in self._takers:
                self._takers.remove(take)

        return undo

    def undo(self) -> None:
        """Use the newest notice that can undo something."""
        card = next((card for card in reversed(self._cards) if card.notice.action == UNDO), None)
        if card is not None:
            card.run()

    def clear(self) -> None:
        """Take all cards away."""
        for card in self.cards:
            self._close(card)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Follow the size of the window and of its text."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self._arrange()
        elif event is not None and event.type() == QEvent.Type.FontChange:
            later(self, 0, self._arrange)
        return False

    def _close(self, card: NoticeCard) -> None:
        if card in self._cards:
            self._cards.remove(card)
            card.hide()
            card.deleteLater()
            self._arrange()

    def keep_clear(self, right: int) -> None:
        """Stand left of this x of the window, where offers stand over it; 0 = nothing is in the way."""
        self._right = right
        self._arrange()

    def _arrange(self) -> None:
        edge = self._right or self._host.width()
        for card in self._cards:
            card.fit(min(self._host.width() - 2 * EDGE, max(edge - 2 * EDGE, NARROWEST)))
        while len(self._cards) > 1 and not self._fits():
            gone = self._cards.pop(0)  # it stays under the bell
            gone.hide()
            gone.deleteLater()
        bottom = self._host.height() - STATUS_BAR - EDGE
        for card in reversed(self._cards):
            bottom -= card.height()
            card.move(max(EDGE, edge - EDGE - card.width()), bottom)
            card.show()
            card.raise_()
            bottom -= GAP

    def _fits(self) -> bool:
        """Whether the cards leave the upper half of the window to the work."""
        height = sum(card.height() + GAP for card in self._cards)
        return len(self._cards) <= AT_MOST and height <= self._host.height() // 2
