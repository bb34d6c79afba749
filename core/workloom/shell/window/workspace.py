"""Everything an agent sees while logged in: sidebar, top bar, banner, main area, status bar, notices, offers."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.domain.wording import in_seconds
from workloom.shell.ground import grounded
from workloom.shell.kit.kit import Kit
from workloom.shell.notices.board import NoticeBoard
from workloom.shell.presence_words import are_alike, overall, state_words
from workloom.shell.session import AgentSession
from workloom.shell.window.bars import Banner, StatusBar, TopBar
from workloom.shell.window.focus_order import in_order, next_of, parts
from workloom.shell.window.idle_words import count_words
from workloom.shell.window.item_words import ItemWords, held_since, item_words
from workloom.shell.window.main_area import MainArea
from workloom.shell.window.sidebar import Sidebar
from workloom.shell.words import say

RAIL_BELOW, RAIL_BELOW_FOR_THREE_PANES = 1320, 1600
MINUTE_HAND, SECOND_HAND = 15_000, 1000
"""Milliseconds between two looks at the clock: while only minutes are shown, and while seconds are."""


class Workspace(QWidget):
    """Shows; what happens on a click is decided by the `AgentDesk`."""

    def __init__(
        self,
        kit: Kit,
        session: AgentSession,
        *,
        on_item: Callable[[str], None],
        on_view: Callable[[str], None],
        on_status: Callable[[], None],
        on_keys: Callable[[], None],
        on_settings: Callable[[QWidget], None],
        rail: bool,
        on_rail: Callable[[bool], None],
    ) -> None:
        super().__init__()
        self.setObjectName("workspace")
        self._kit, self._session = kit, session
        self._rail_wanted, self._on_rail = rail, on_rail
        self.three_panes = False
        self._lost_at: datetime | None = None
        self.seen: set[str] = set()
        self._said_at: datetime | None = None
        self._told: list[Callable[[datetime], object]] = []
        self.board = NoticeBoard(kit, self, session.now)
        self.sidebar = Sidebar(
            kit, kit.scale, on_item=on_item, on_view=on_view, on_toggle=self.toggle_rail, on_status=on_status
        )
        self.top = TopBar(kit, self.board.log, on_keys=on_keys, on_settings=on_settings)
        self.banner = Banner(kit)
        self.main = MainArea(self._moved)
        self.status = StatusBar(kit)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.sidebar)
        outer.addWidget(kit.line(vertical=True))
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget, stretch in (
            (self.top, 0),
            (kit.line(), 0),
            (self.banner, 0),
            (grounded(self.main, "surface"), 1),
            (kit.line(), 0),
            (self.status, 0),
        ):
            column.addWidget(widget, stretch)
        outer.addLayout(column, 1)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.refresh)
        self._clock.start(MINUTE_HAND)

    def refresh(self) -> None:
        """Say again what is known: items, times, status."""
        self._clock.start(MINUTE_HAND)  # first: whatever fails below, it is looked at again
        known, now = self._session.known, self._session.now()
        self._said_at = now
        rows = known.open_rows
        self.sidebar.show_items(
            [
                (
                    row.item.id,
                    known.media_type(row.item.media_type).icon,
                    self._words(number, len(rows)),
                )
                for number, row in enumerate(rows)
            ],
            count_words(known),
            self.main.current,
        )
        channels = known.session.channels
        state = overall(channels)
        presence = state.state.value if state else "logged-off"
        words, since = say("No channel"), state.since if state else None
        if self._lost_at is not None:
            presence, words, since = "logged-off", say("Not connected"), self._lost_at
        elif state:
            words = state_words(state.state, state.reason if are_alike(channels) else "")
        spans = [now - at for at in (since, *(held_since(row) for row in rows)) if at is not None]
        self.sidebar.status.show_state(known.me.full_name, presence, words, now - since if since else None)
        self.status.show_place(known.session.place)
        counts = [told(now) is True for told in tuple(self._told)]
        counts.append(in_seconds(*spans) and not self.sidebar.compact)
        if any(counts):
            self._clock.start(SECOND_HAND)

    def look_soon(self) -> None:
        """Something else is shown, perhaps with seconds: look at the clock in one."""
        if self._clock.remainingTime() > SECOND_HAND:
            self._clock.start(SECOND_HAND)

    def on_clock(self, told: Callable[[datetime], object]) -> Callable[[], None]:
        """Call `told(now)` at once and each time the times in this window are said anew; its undo.

        Who answers True shows seconds, and is called again after one.
        """
        self._told.append(told)
        if told(self._said_at or self._session.now()) is True:
            self._clock.start(SECOND_HAND)

        def undo() -> None:
            if told in self._told:
                self._told.remove(told)

        return undo

    def show_connection(self, *, connected: bool) -> None:
        """Say whether the service can be asked."""
        self._lost_at = None if connected else self._lost_at or self._session.now()
        self.status.show_connection(connected, say("Connected") if connected else say("Not connected"))
        self.refresh()

    def toggle_rail(self) -> None:
        """Wide or narrow, as the agent likes it best; a narrow window is narrow in any case."""
        self._rail_wanted = not self._rail_wanted
        self._on_rail(self._rail_wanted)
        self.fit()

    def fit(self) -> None:
        """Follow the width of the window."""
        least = RAIL_BELOW_FOR_THREE_PANES if self.three_panes else RAIL_BELOW
        compact = self._rail_wanted or self.width() < least
        if compact != self.sidebar.compact:
            self.sidebar.set_compact(compact)
        self.sidebar.updateGeometry()  # larger text may take more of a wider window

    def panes(self) -> list[list[QWidget]]:
        """Where Tab stops, pane by pane, in the order of F6; panes at which nothing stops are left out."""
        front = self.main.currentWidget()
        items, views = list(self.sidebar.items.values()), list(self.sidebar.views.values())
        middle = parts(front) if front is not None else []
        bars: list[Sequence[QWidget]] = [[self.top], [self.banner], items, views, [self.sidebar.status]]
        panes = [in_order(*roots) for roots in (*bars, *([part] for part in middle), [self.status], self.board.cards)]
        return [pane for pane in panes if pane]

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt: Tab goes through the window as it is laid out, whenever a part of it was made."""
        front = self.main.currentWidget()
        bars = (self.top, self.banner, self.sidebar)
        stops = in_order(*bars, *((front,) if front is not None else ()), self.status, *self.board.cards)
        target = next_of(stops, 1 if forward else -1)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def failed_page(self, title: str) -> QWidget:
        """What stands where a plugin's view should."""
        text = say("Its plugin failed when it was opened. Your work goes on without it.")
        return self._kit.empty_state("plug", say("{title} cannot be shown", title=title), text)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Qt: the size has changed."""
        super().resizeEvent(event)
        self.fit()

    def _words(self, number: int, count: int) -> ItemWords:
        known = self._session.known
        row = known.open_rows[number]
        return item_words(
            row,
            known.media_type(row.item.media_type).singular,
            self._said_at or self._session.now(),
            new=row.item.id not in self.seen,
            position=(number + 1, count),
        )

    def _moved(self, key: str) -> None:
        self.seen.add(key)
        self.sidebar.mark(key)
        self.look_soon()
        if self._session.has_started and self._session.known.open_row(key):
            self.refresh()
