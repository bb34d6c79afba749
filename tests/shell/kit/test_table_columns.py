"""Columns of a list come and go with the width; numbers and dates are never cut off."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QHeaderView, QTableView
from pytestqt.qtbot import QtBot

from tests.shell.kit.samples import answer, item_row, window_kit
from workloom.api.ui import Cell, Column, Row, Table
from workloom.shell.kit.kit import Kit

COLUMNS = (
    Column(key="from", title="From", width=168, optional=True),
    Column(key="subject", title="Subject", width=240, stretch=True),
    Column(key="received", title="Received", width=108, optional=True, whole=True),
    Column(key="due", title="Due", width=124, whole=True),
    Column(key="priority", title="Priority", width=88, optional=True, whole=True),
)
_QTEST: Any = QTest  # PyQt's stubs take its static methods for methods
MakeTable = Callable[..., QTableView]


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot) -> Iterator[MakeTable]:
    def make(width: int, *, text_size: float = 1.0, rows: list[Row] | None = None) -> QTableView:
        kit, window = window_kit(qapp, text_size=text_size)
        qtbot.addWidget(window)
        made: Table = kit.table("Waiting", COLUMNS, checkable=True)
        view = made.widget
        assert isinstance(view, QTableView)
        qtbot.addWidget(view)
        view.resize(width, 400)
        view.show()
        made.on_fetch(
            lambda request: request.answer(rows or answer(request.offset, request.limit, 9), len(rows or range(9)))
        )
        QApplication.processEvents()
        return view

    yield make
    qapp.setStyleSheet("")


def header(view: QTableView) -> QHeaderView:
    found = view.horizontalHeader()
    assert found is not None
    return found


def shown(view: QTableView) -> list[str]:
    return [column.key for place, column in enumerate(COLUMNS) if not view.isColumnHidden(place)]


def test_a_narrow_list_loses_optional_columns_from_the_right(table: MakeTable) -> None:
    view = table(900)
    assert shown(view) == ["from", "subject", "received", "due", "priority"]
    view.resize(660, 400)
    assert shown(view) == ["from", "subject", "received", "due"]
    view.resize(300, 400)
    assert shown(view) == ["subject", "due"]
    view.resize(900, 400)
    assert shown(view) == ["from", "subject", "received", "due", "priority"]


def test_the_rightmost_is_the_one_that_stands_there(table: MakeTable) -> None:
    view = table(660)
    header(view).moveSection(4, 0)
    assert shown(view) == ["from", "subject", "due", "priority"]


def test_widths_grow_with_the_text(table: MakeTable) -> None:
    view = table(1600, text_size=1.5)
    assert [view.columnWidth(place) for place in (2, 3, 4)] == [162, 186, 132]


def test_rows_and_columns_follow_another_text_size_in_an_open_window(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp)
    assert isinstance(kit, Kit)
    table = kit.table("Waiting", COLUMNS)
    view = table.widget
    assert isinstance(view, QTableView)
    for widget in (window, view):
        qtbot.addWidget(widget)
    view.resize(1600, 400)
    view.show()
    table.on_fetch(lambda request: request.answer(answer(0, 9, 9), 9))
    QApplication.processEvents()
    assert (view.rowHeight(0), view.columnWidth(3)) == (36, 124)
    kit.scale.scale = 1.5
    view.setFont(kit.scale.font())
    assert (view.rowHeight(0), view.columnWidth(3)) == (54, 186)
    kit.scale.scale = 1.0
    view.setFont(kit.scale.font())
    assert (view.rowHeight(0), view.columnWidth(3)) == (36, 124)
    qapp.setStyleSheet("")


def test_a_column_of_numbers_or_dates_is_as_wide_as_its_text(table: MakeTable) -> None:
    long = Cell(text="overdue by three hours and 39 minutes", icon="triangle-alert", tone="danger")
    view = table(1200, rows=[Row(id="1", cells={**item_row(1).cells, "due": long})])
    needed = view.fontMetrics().horizontalAdvance(long.text)
    assert view.columnWidth(3) > needed
    header(view).resizeSection(3, 60)
    assert view.columnWidth(3) > needed


def test_the_box_in_the_header_ticks_all_rows_or_none(table: MakeTable) -> None:
    view = table(900)
    ticked: list[tuple[str, ...]] = []
    view.on_selection(ticked.append)  # type: ignore[attr-defined]
    box = QPoint(20, header(view).height() // 2)
    for _click in range(2):
        _QTEST.mouseClick(header(view).viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box)
    assert [len(rows) for rows in ticked] == [9, 0]
