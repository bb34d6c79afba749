"""The ring around the current row: there by keyboard, not by mouse."""

from typing import Any

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.shell.kit.listing import Listing, MakeListing
from workloom.api.ui import Ui

_QTEST: Any = QTest  # PyQt's stubs take its static methods for methods


def has_ring(listing: Listing, ui: Ui) -> bool:
    """Whether the upper edge of the current row has the colour of the focus."""
    QApplication.processEvents()
    viewport = listing.view.viewport()
    assert viewport is not None
    picture = viewport.grab().toImage()
    at = QPoint(viewport.width() // 2, listing.top + 1)
    return bool(picture.pixelColor(at).name() == ui.tokens.color("focus").name())


def test_the_current_row_has_the_ring_by_keyboard_and_not_by_mouse(listing: MakeListing, ui: Ui, qtbot: QtBot) -> None:
    some = listing()
    some.view.activateWindow()
    some.view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(some.view.hasFocus)
    some.press(Qt.Key.Key_J)
    assert has_ring(some, ui)
    held = Qt.KeyboardModifier.NoModifier
    _QTEST.mouseClick(some.view.viewport(), Qt.MouseButton.LeftButton, held, QPoint(300, some.top + 10))
    assert not has_ring(some, ui)
