"""The login page when the data cannot be opened: what happened, what it means, what to do."""

from collections.abc import Callable
from typing import Final

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workloom.api.ui import Ui
from workloom.domain.errors import (
    BadInput,
    StorageBusy,
    StorageDamaged,
    StorageFull,
    StorageReadOnly,
    StorageTooNew,
    WorkloomError,
    WrongVersion,
)
from workloom.shell.words import say, word

TITLES: Final[tuple[tuple[type[WorkloomError], str], ...]] = (
    (StorageBusy, word("This data is open already")),
    (StorageReadOnly, word("The data folder cannot be written")),
    (StorageFull, word("The disk is full")),
    (StorageDamaged, word("The database is damaged")),
    (StorageTooNew, word("This data is from a later version")),
    (WrongVersion, word("Desktop and server do not fit together")),
    (BadInput, word("This address cannot be used")),
)


def fault_title(error: WorkloomError) -> str:
    """What happened, in a few words."""
    return next((say(title) for kind, title in TITLES if isinstance(error, kind)), say("The service cannot be reached"))


class FaultPage(QWidget):
    """Stands in place of the first step."""

    def __init__(self, kit: Ui, error: WorkloomError, again: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("login-cannot-open")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        picture = kit.label()
        picture.setPixmap(kit.pixmap("triangle-alert", token="warning", size=32))
        layout.addWidget(picture)
        title = kit.label(fault_title(error), "item-title", wrap=True)
        title.setObjectName("login-cannot-open-title")
        layout.addWidget(title)
        text = kit.label(str(error), wrap=True, selectable=True)
        text.setObjectName("login-cannot-open-text")
        layout.addWidget(text)
        row = QHBoxLayout()
        self.again = kit.button(say("Try again"), kind="primary", icon="refresh-cw", on_click=again)
        self.again.setObjectName("login-try-again")
        row.addWidget(self.again)
        row.addStretch(1)
        layout.addSpacing(8)
        layout.addLayout(row)
        layout.addStretch(1)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)
