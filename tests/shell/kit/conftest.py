"""The kit of a window, as the shell makes it."""

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.shell.kit.listing import Listing, MakeListing
from tests.shell.kit.samples import COLUMNS, window_kit
from workloom.api.ui import Ui


@pytest.fixture
def ui(qapp: QApplication, qtbot: QtBot) -> Iterator[Ui]:
    """The kit in the light theme over a shown window."""
    made, window = window_kit(qapp)
    qtbot.addWidget(window)
    window.show()
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def listing(ui: Ui, qtbot: QtBot) -> MakeListing:
    """Makes shown tables with their owners."""

    def make(total: int = 9, *, checkable: bool = True) -> Listing:
        table = ui.table("Waiting for documents", COLUMNS, checkable=checkable)
        qtbot.addWidget(table.widget)
        table.widget.resize(820, 420)
        table.widget.show()
        made = Listing(table, total)
        made.answer()
        return made

    return make
