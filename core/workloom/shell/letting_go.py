"""Open items that are let go while the service is away: on this computer's own clock, before the service gives them on.

The service hears that a desktop lives, and gives the items of one that is silent for the grace period to others. What
is shown here must never be believed to be the agent's when it is somebody else's.
"""

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from workloom.api.ui import Ui
from workloom.domain.interaction import Interaction
from workloom.shell.action_bar import ActionBar
from workloom.shell.knowledge import Knowledge
from workloom.shell.window.offline_words import LET_GO, LET_GO_WHY
from workloom.shell.words import say

SHARE, MOST_EARLY, EARLY_FOR_OFFERS = 0.1, 2.0, 1.0
"""By how much a desktop is earlier than the service: a share of the time, and at most so many seconds."""

STRIP: Final = 40


def early(seconds: float, most: float = MOST_EARLY) -> float:
    """By how many seconds a desktop is earlier than the end of a lease of that length."""
    return min(most, max(0.0, seconds) * SHARE)


def due(known: Knowledge, heard_at: float, now: datetime, clock: float | None = None) -> tuple[str, ...]:
    """Open items whose time is over, by id.

    `heard_at`: when the service has last heard of this desktop, and `clock` the present, both on the monotonic clock;
    `now` is the service's time.
    """
    present = time.monotonic() if clock is None else clock
    grace = known.timers.lost_agent
    silent = present >= heard_at + grace - early(grace)
    return tuple(row.item.id for row in known.open_rows if silent or _untouched(row.item, known, now))


def _untouched(item: Interaction, known: Knowledge, now: datetime) -> bool:
    """Whether the time to handle the item is over."""
    if item.handling_until is None:
        return False
    return (item.handling_until - now).total_seconds() <= early(known.timers.handling)


class LetGo(QWidget):
    """Stands in place of a pane: the pane, read-only, below a line that says why."""

    def __init__(self, kit: Ui, pane: QWidget) -> None:
        super().__init__()
        self.setObjectName("let-go")
        strip = QFrame()
        strip.setProperty("kind", "banner")
        strip.setMinimumHeight(STRIP)
        row = QHBoxLayout(strip)
        row.setContentsMargins(24, 4, 16, 4)
        row.setSpacing(8)
        icon = kit.label()
        icon.setPixmap(kit.pixmap("lock", token="warning", size=18))
        row.addWidget(icon)
        row.addWidget(kit.label(say(LET_GO), "strong"))
        row.addWidget(kit.label(say(LET_GO_WHY), elide=True), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addWidget(pane, 1)
        QWidget.show(pane)  # the pane is a plugin's
        _read_only(pane)
        self.setFocusProxy(pane)


def _read_only(pane: QWidget) -> None:
    """What can be typed into is only read from now on, what can be pressed is off; toolbars follow their actions."""
    for field in pane.findChildren(QLineEdit):
        field.setReadOnly(True)
    for text in pane.findChildren(QPlainTextEdit):
        text.setReadOnly(True)
    for rich in pane.findChildren(QTextEdit):
        rich.setReadOnly(True)
    pressed: Iterable[QWidget] = (
        *pane.findChildren(QAbstractButton),
        *pane.findChildren(QComboBox),
        *pane.findChildren(QAbstractSpinBox),
    )
    for widget in pressed:
        if not _in_toolbar(widget, pane):
            widget.setEnabled(False)


def _in_toolbar(widget: QWidget, pane: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None and above is not pane:
        if isinstance(above, ActionBar):
            return True
        above = above.parentWidget()
    return False
