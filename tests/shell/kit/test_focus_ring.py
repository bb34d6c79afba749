"""The ring around what has the focus: always there by keyboard; in lists not by mouse."""

from typing import Any

import pytest
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.listing import Listing, MakeListing
from tests.shell.kit.sections import SECTIONS, show
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


def edges(picture: QImage) -> tuple[QImage, ...]:
    """The middle of each of the four edges, as deep as a ring with its gap."""
    wide, high, deep = picture.width(), picture.height(), 4
    places = (
        QRect(wide // 2, 0, 1, deep),
        QRect(wide // 2, high - deep, 1, deep),
        QRect(0, high // 2, deep, 1),
        QRect(wide - deep, high // 2, deep, 1),
    )
    return tuple(picture.copy(place) for place in places)


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_a_button_with_the_focus_shows_it_on_all_four_sides(ui: Ui, qtbot: QtBot, section: str) -> None:
    ground = show(section, ui)
    qtbot.addWidget(ground)
    ground.activateWindow()
    _QTEST.keyClick(ground, Qt.Key.Key_Tab)  # from here on the keyboard is used: Qt may draw a mark of its own as well
    buttons = [found for found in ground.findChildren(QAbstractButton) if found.isVisible() and found.isEnabled()]
    for button in buttons:
        if button.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(button, QCheckBox):
            button.clearFocus()
            without = edges(picture_of(button))
            button.setFocus(Qt.FocusReason.TabFocusReason)
            assert all(one != other for one, other in zip(without, edges(picture_of(button)), strict=True)), (
                button.text()
            )


def picture_of(widget: QWidget) -> QImage:
    """What is painted."""
    QApplication.processEvents()
    return widget.grab().toImage()


def test_a_chip_with_the_focus_has_no_second_mark_inside_and_is_as_large_as_before(ui: Ui, qtbot: QtBot) -> None:
    chip = ui.chip("People")
    qtbot.addWidget(chip)
    chip.show()
    chip.activateWindow()
    size = chip.sizeHint()
    ground = picture_of(chip).pixelColor(chip.width() // 2, 5)
    _QTEST.keyClick(chip, Qt.Key.Key_Tab)
    chip.setFocus(Qt.FocusReason.TabFocusReason)
    painted = picture_of(chip)
    assert {painted.pixelColor(x, 5).name() for x in range(16, chip.width() - 16)} == {ground.name()}
    assert chip.sizeHint() == size


def test_a_wrong_field_with_the_focus_differs_from_one_without(ui: Ui, qtbot: QtBot) -> None:
    form = ui.form()
    qtbot.addWidget(form.widget)
    fields = [ui.text_field("Payee IBAN"), ui.text_field("Estimate")]
    for name, field in zip(("iban", "estimate"), fields, strict=True):
        form.add(name, name, field)
        form.set_error(name, "Write a number.")
    form.widget.resize(700, 200)
    form.widget.show()
    form.widget.activateWindow()
    fields[0].widget.setFocus(Qt.FocusReason.TabFocusReason)
    rings = [picture_of(field.widget).pixelColor(field.widget.width() // 2, 1).name() for field in fields]
    danger = ui.tokens.color("danger").name()
    assert rings == [danger, ui.tokens.color("field").name()]
    edges_of_all = {picture_of(field.widget).pixelColor(field.widget.width() // 2, 0).name() for field in fields}
    assert edges_of_all == {danger}
    assert fields[0].widget.height() == fields[1].widget.height()
