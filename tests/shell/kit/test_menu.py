"""Keys in menus: they stop only at rows that can be chosen."""

from functools import partial

import pytest
from PyQt6.QtCore import Qt

from tests.shell.kit.keys import press
from workloom.api.ui import Ui
from workloom.shell.kit.kit import Kit
from workloom.shell.kit.menu import Menu

# What the offscreen platform says of windows that a real one can raise and size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def menu(ui: Ui, chosen: list[str]) -> Menu:
    """Two headings, each with rows below it."""
    assert isinstance(ui, Kit)
    made = ui.rows_menu("Move to")
    for heading, rows in (("Workbins", ("In progress", "Waiting")), ("Queues", ("Claims",))):
        ui.menu_heading(made, heading)
        for row in rows:
            made.add(row, "", partial(chosen.append, row))
    made.popup(ui.window.pos())
    return made


@pytest.fixture
def chosen() -> list[str]:
    """What was chosen."""
    return []


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Qt.Key.Key_Down], "In progress"),
        ([Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down], "Claims"),
        ([Qt.Key.Key_Up, Qt.Key.Key_Up], "Waiting"),
        ([Qt.Key.Key_Down, Qt.Key.Key_Up], "Claims"),
    ],
)
def test_keys_pass_over_headings(menu: Menu, chosen: list[str], keys: list[Qt.Key], row: str) -> None:
    for key in keys:
        press(menu, key)
    press(menu, Qt.Key.Key_Return)
    assert chosen == [row]
