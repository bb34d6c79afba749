"""What should be gone of a plugin and is still there, and who holds it."""

from collections.abc import Sequence

from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from workloom.api import Leak, Say
from workloom.api.ui import Ui
from workloom_inspector.leaks import end_first, nobody, report, told


def leak_parts(ui: Ui, say: Say, leaks: Sequence[Leak]) -> list[QWidget]:
    """A head and a card for each kind of thing; nothing where all is gone."""
    cards = [_card(ui, say, what, holders) for what, holders in told(leaks, say)]
    return [_head(ui, say, leaks), *cards] if leaks else []


def _head(ui: Ui, say: Say, leaks: Sequence[Leak]) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(ui.label(say("Left behind"), "strong"), 1)
    row.addWidget(ui.button(say("Copy leaks"), icon="copy", small=True, on_click=lambda: _copy(leaks)))
    return head


def _card(ui: Ui, say: Say, what: str, holders: Sequence[str]) -> QWidget:
    card = QFrame()
    card.setProperty("kind", "card")
    card.setObjectName("inspector.leak")
    column = QVBoxLayout(card)
    column.setSpacing(4)
    column.addWidget(ui.label(what, wrap=True))
    if holders != (nobody(say),):
        column.addWidget(ui.label(say("Held by"), "small"))
        for holder in holders:
            said = ui.label(end_first(holder, say), "mono", elide=True)
            said.setToolTip(holder)
            column.addWidget(said)
    else:
        column.addWidget(ui.label(nobody(say), "small", wrap=True))
    return card


def _copy(leaks: Sequence[Leak]) -> None:
    clipboard = QGuiApplication.clipboard()
    if clipboard is not None:
        clipboard.setText(report(leaks))
