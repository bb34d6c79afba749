"""The kit of a window, as the shell makes it."""

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import window_kit
from workloom.api.ui import Ui


@pytest.fixture
def ui(qapp: QApplication, qtbot: QtBot) -> Iterator[Ui]:
    """The kit in the light theme over a shown window."""
    made, window = window_kit(qapp)
    qtbot.addWidget(window)
    window.show()
    yield made
    qapp.setStyleSheet("")
