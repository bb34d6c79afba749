"""Rows that go on in the next line: nothing of them is cut off, however large the text or narrow the window."""

from PyQt6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import window_kit
from workloom.shell.kit.tabs import Tabs

NAMES = ("Faults 12", "Adds 11", "Hooks", "Options 37", "Tokens")


def shown(widget: QWidget, qtbot: QtBot, width: int) -> None:
    """On a screen of its own, so wide and as high as it wants to be."""
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.heightForWidth(width), 300 if isinstance(widget, Tabs) else 0))
    widget.show()
    QApplication.processEvents()


def is_whole(part: QWidget, of: QWidget) -> bool:
    return of.rect().contains(part.geometry()) and part.width() >= part.sizeHint().width()


def test_what_has_no_room_goes_on_in_the_next_line_and_one_takes_what_is_left(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp)
    qtbot.addWidget(window)
    parts = [kit.button(name) for name in NAMES]
    field = kit.search_field("Search").widget
    field.setMinimumWidth(100)
    row = kit.wrapping(*parts, field, grow=field)
    shown(row, qtbot, 2000)
    assert {part.geometry().center().y() for part in parts} == {parts[0].geometry().center().y()}
    assert field.geometry().right() == row.width() - 1
    narrow = kit.wrapping(*parts, field, grow=field)
    shown(narrow, qtbot, parts[0].width() + 20)
    assert all(is_whole(part, narrow) for part in parts)
    assert len({part.y() for part in parts}) > 1
    assert field.width() == narrow.width()


def test_what_is_hidden_takes_no_room(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp)
    qtbot.addWidget(window)
    first, second = QLabel("first"), QPushButton("second")
    row = kit.wrapping(first, second)
    first.hide()
    shown(row, qtbot, 400)
    assert second.x() == 0


def test_tabs_are_whole_in_a_panel_that_is_too_narrow_for_all(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp)
    qtbot.addWidget(window)
    tabs = kit.tabs()
    for name in NAMES:
        tabs.add(name, name, QWidget())
    shown(tabs.widget, qtbot, 200)
    assert all(is_whole(tab, tabs.widget) for tab in tabs.widget.findChildren(QPushButton))
