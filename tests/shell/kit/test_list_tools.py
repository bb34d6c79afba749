"""Sorting and columns of a list by the buttons above it, and what a person arranged is kept."""

from collections.abc import Callable, Iterator

import pytest
from PyQt6.QtWidgets import QApplication, QMenu, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import COLUMNS, answer, window_kit
from workloom.api.ui import Table
from workloom.shell.kit.kit import Kit
from workloom.shell.preferences import KeptLists, KeptSizes, ListLayout, PreferenceStore


class File:
    """`PreferenceFile` in memory."""

    def __init__(self) -> None:
        self.written: list[dict[str, object]] = []

    def read(self) -> str:
        """Nothing was kept."""
        return ""

    def write(self, values: dict[str, object]) -> None:
        """Remember what would be in the file."""
        self.written.append(values)


class Shown:
    """A list with its buttons in a window."""

    def __init__(self, kit: Kit, window: QWidget, table: Table, tools: QWidget) -> None:
        self.kit, self.window, self.table, self.tools = kit, window, table, tools
        view = table.widget
        assert isinstance(view, QTableView)
        self.view = view

    def titles(self) -> list[str]:
        """Titles of the columns on show, from left to right."""
        header = self.view.horizontalHeader()
        assert header is not None
        places = sorted(range(header.count()), key=header.visualIndex)
        return [COLUMNS[place].title for place in places if not header.isSectionHidden(place)]

    def button(self, name: str) -> QPushButton:
        """One of the buttons."""
        found = self.tools.findChild(QPushButton, name)
        assert found is not None
        return found

    def choose(self, button: str, entry: str) -> None:
        """Choose an entry of the menu of a button."""
        self.button(button).click()
        menu = self.window.findChildren(QMenu)[-1]
        next(action for action in menu.actions() if action.text() == entry).trigger()
        menu.close()
        QApplication.processEvents()


Show = Callable[..., Shown]


@pytest.fixture
def store() -> PreferenceStore:
    """Preferences of a desktop that was never used."""
    return PreferenceStore(File())


@pytest.fixture
def show(qapp: QApplication, qtbot: QtBot, store: PreferenceStore) -> Iterator[Show]:
    """Shows the list anew, as another start of the desktop does."""

    def make(name: str = "Items of the workbin", kept: str = "") -> Shown:
        kit, window = window_kit(qapp)
        assert isinstance(kit, Kit)
        kit.lists = KeptLists(store, lambda: "lena")
        qtbot.addWidget(window)
        window.show()
        table = kit.table(name, COLUMNS, kept=kept)
        tools = kit.list_tools(table)
        for widget in (table.widget, tools):
            qtbot.addWidget(widget)
            widget.resize(900, 300)
            widget.show()
        table.on_fetch(lambda request: request.answer(answer(0, 9, 9), 9))
        table.sort_by("received", descending=True)
        QApplication.processEvents()
        return Shown(kit, window, table, tools)

    yield make
    qapp.setStyleSheet("")


def test_the_button_says_the_order_and_changes_it(show: Show) -> None:
    shown = show()
    assert shown.button("list.sort").text() == "Received"
    assert shown.button("list.sort").accessibleName() == "Sorted by Received, downwards"
    shown.choose("list.sort", "Due")
    assert shown.table.sorting() == ("due", False)
    assert shown.button("list.sort").text() == "Due"
    shown.choose("list.sort", "Due")
    assert shown.table.sorting() == ("due", True)


def test_columns_are_hidden_and_shown_but_never_all(show: Show) -> None:
    shown = show()
    for title in ("From", "Received", "Due", "Priority"):
        shown.choose("list.columns", title)
    assert shown.titles() == ["Subject"]
    shown.choose("list.columns", "Subject")
    assert shown.titles() == ["Subject"]
    shown.choose("list.columns", "Due")
    assert shown.titles() == ["Subject", "Due"]


def test_what_a_person_arranged_is_there_the_next_time(show: Show, store: PreferenceStore, qtbot: QtBot) -> None:
    shown = show()
    header = shown.view.horizontalHeader()
    assert header is not None
    header.moveSection(3, 1)
    header.resizeSection(2, 150)
    shown.choose("list.columns", "Priority")
    arranged = ["From", "Due", "Subject", "Received"]
    assert shown.titles() == arranged
    qtbot.waitUntil(lambda: bool(store.values.lists))
    again = show()
    assert again.titles() == arranged
    assert again.view.columnWidth(2) == 150


def test_another_person_at_the_same_desktop_has_lists_of_their_own(
    show: Show, store: PreferenceStore, qtbot: QtBot
) -> None:
    shown = show()
    shown.choose("list.columns", "Priority")
    qtbot.waitUntil(lambda: bool(store.values.lists))
    assert KeptLists(store, lambda: "jonas").of("Items of the workbin").hidden == []
    assert KeptLists(store, lambda: "lena").of("Items of the workbin").hidden == ["priority"]


def test_the_order_that_a_person_chose_is_there_the_next_time(show: Show, store: PreferenceStore, qtbot: QtBot) -> None:
    show().choose("list.sort", "Due")
    qtbot.waitUntil(lambda: bool(store.values.lists))
    again = show()  # its owner asks for another order first
    assert again.table.sorting() == ("due", False)
    again.choose("list.sort", "Received")
    assert again.table.sorting() == ("received", True)


def test_an_order_that_the_list_no_longer_has_is_not_used(show: Show, store: PreferenceStore) -> None:
    KeptLists(store, lambda: "lena").keep("Items of the workbin", ListLayout(sort="weight"))
    assert show().table.sorting() == ("received", True)


def test_a_list_under_an_id_is_arranged_alike_in_every_language(
    show: Show, store: PreferenceStore, qtbot: QtBot
) -> None:
    show("Items", "workbin.items").choose("list.columns", "Priority")
    qtbot.waitUntil(lambda: bool(store.values.lists))
    assert "Priority" not in show("Vorgänge", "workbin.items").titles()


def test_what_was_kept_under_the_name_of_a_list_goes_over_to_its_id(show: Show, store: PreferenceStore) -> None:
    lists = KeptLists(store, lambda: "lena")
    lists.keep("Vorgänge", ListLayout(hidden=["priority"]))
    lists.keep("Items", ListLayout(hidden=["due"]))
    assert "Priority" not in show("Vorgänge", "workbin.items").titles()
    assert "Priority" not in show("Items", "workbin.items").titles(), "the id had a layout already"
    assert list(store.values.lists["lena"]) == ["workbin.items"]


def test_the_sizes_of_panes_go_over_to_their_id(store: PreferenceStore) -> None:
    sizes = KeptSizes(store, lambda: "lena")
    sizes.keep("Arbeitskörbe", "explorer", 300)
    assert sizes.under("workbin", "Arbeitskörbe").of("workbin", "explorer") == 300
    assert sizes.under("workbin", "Workbins").of("workbin", "explorer") == 300
