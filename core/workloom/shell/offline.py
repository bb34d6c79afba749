"""While the service cannot be asked: what the banner says and offers, and what is let go meanwhile."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Protocol

from PyQt6.QtCore import QObject, QPoint, QTimer

from workloom.api.services import Link
from workloom.shell.kept_changes import PLACE
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.menu import Menu
from workloom.shell.lane import Change
from workloom.shell.letting_go import due
from workloom.shell.session import AgentSession
from workloom.shell.window.bars import Banner
from workloom.shell.window.offline_words import AWAY, nothing_lost, trying_again
from workloom.shell.words import say, word

SENT: Final = word("It may have arrived already. You are told what came of it.")
TICK: Final = 250
"""Milliseconds between two looks at the clock."""


class Panes(Protocol):
    """The panes of open items."""

    def let_go(self, item: str) -> None:
        """Make a pane read-only, and say why; does nothing if it is already."""
        ...

    def take_back(self) -> None:
        """The service answers again: panes that were let go are as any others."""
        ...


class Offline(QObject):
    """For one agent. `try_now()` asks the service at once."""

    def __init__(
        self, kit: Kit, session: AgentSession, banner: Banner, panes: Panes, link: Link, try_now: Callable[[], None]
    ) -> None:
        super().__init__(banner)
        self._kit, self._session, self._banner, self._panes = kit, session, banner, panes
        self._link, self._try_now = link, try_now
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.show)

    def begin(self) -> None:
        """The service cannot be asked."""
        self._timer.start()
        self.show()

    def end(self) -> None:
        """It can again."""
        if self._timer.isActive():
            self._timer.stop()
            self._panes.take_back()

    def show(self) -> None:
        """Say how it stands, and let go of what is due."""
        session = self._session
        if not session.alive or not session.has_started:
            self._timer.stop()
            return
        for item in due(session.known, session.heard_at, session.now()):
            self._panes.let_go(item)
        waiting = len(session.waiting())
        text = f"{trying_again(self._link.state(), time.monotonic())} {nothing_lost(waiting, self._drafts())}"
        more = say("{waiting} waiting", waiting=waiting) if waiting else ""
        self._banner.say(
            say(AWAY),
            text,
            action=say("Try now"),
            action_icon="refresh-cw",
            run=self._ask,
            more=more,
            run_more=self.open_menu,
        )

    def open_menu(self) -> Menu:
        """What waits, in its order; a click withdraws it."""
        menu = self._kit.rows_menu(say("Waiting actions"))
        menu.setObjectName("waiting-menu")
        self._kit.menu_heading(menu, say("Sent in this order when the connection is back. Click to withdraw."))
        for change in self._session.waiting():
            words = " · ".join(filter(None, (change.what or say("Change"), change.about)))
            if change.sent:
                self._kit.menu_blocked(menu, "clock", words, say(SENT))
            else:
                menu.add(words, "x", partial(self._withdraw, change), tail=say("Withdraw"))
        anchor = self._banner.more
        menu.popup(anchor.mapToGlobal(QPoint(anchor.width() - menu.sizeHint().width(), anchor.height() + 4)))
        return menu

    def _ask(self) -> None:
        self._link.try_now()
        self._try_now()

    def _withdraw(self, change: Change[Any]) -> None:
        self._session.withdraw(change)
        self.show()

    def _drafts(self) -> int:
        return len(set(self._session.drafts.items()) - {PLACE})
