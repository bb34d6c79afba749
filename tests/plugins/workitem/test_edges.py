"""Edges between the parts of a view are moved by hand or by keys, and stand there the next time."""

from collections.abc import Iterator
from typing import Any

import pytest
from PyQt6.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from tests.plugins.workbin.desks import Desk, Furnished, OpenDesk
from tests.plugins.workitem.panes import ITEM, OpenPane, Pane
from tests.shell.driving import Driver
from workloom.api import Pull
from workloom.bootstrap.desktop import Desktop
from workloom.settings import Settings
from workloom.testing import built_in
from workloom_workbin.views.main import WorkbinView

_QTEST: Any = QTest  # PyQt's stubs take its static methods for methods


@pytest.fixture
def next_time(qapp: QApplication, qtbot: QtBot) -> Iterator["NextTime"]:
    """Ends a desktop and opens another one on its data."""
    made = NextTime(qapp, qtbot)
    yield made
    made.close()


class NextTime:
    """The desktop of the same person on the next day."""

    def __init__(self, application: QApplication, qtbot: QtBot) -> None:
        self._application, self._qtbot = application, qtbot
        self._opened: list[Desktop] = []

    def __call__(self, desk: Desk, user: str = "lena") -> Desk:
        desk.driver.desktop.close()
        desktop = Desktop(Settings(data=desk.data), theme="light", application=self._application, candidates=built_in())
        self._opened.append(desktop)
        driver = Driver(desktop, self._qtbot)
        driver.window.resize(1440, 900)
        driver.opened()
        return Desk(driver, driver.log_in(user), Furnished(desk.data, desk.items))

    def close(self) -> None:
        for desktop in self._opened:
            desktop.close()


def kept(desk: Desk) -> str:
    """The settings of this desktop as they are on the disk."""
    file = desk.data / "desktop.toml"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def width(pane: Pane) -> int:
    """Of the context panel."""
    return pane.child(QWidget, "context").width()


def test_the_context_panel_is_made_wider_by_keys_and_by_hand_and_is_so_the_next_time(
    open_pane: OpenPane, next_time: NextTime
) -> None:
    pane = open_pane()
    edge = pane.child(QWidget, "context.edge")
    usual = width(pane)
    edge.setFocus()
    pane.wait(edge.hasFocus)
    pane.desk.press(edge, *[Qt.Key.Key_Left] * 3)
    assert width(pane) == usual + 48
    pane.desk.press(edge, Qt.Key.Key_Right)
    assert width(pane) == usual + 32
    drag(edge, -20)
    assert width(pane) == usual + 52
    pane.wait(lambda: "workitem.context" in kept(pane.desk))
    again = next_time(pane.desk)
    pane = Pane(again)
    again.desk.session.services.items.execute(Pull(item=ITEM))
    again.desk.open_item(ITEM)
    pane.ready()
    assert width(pane) == usual + 52
    _QTEST.mouseDClick(pane.child(QWidget, "context.edge"), Qt.MouseButton.LeftButton)
    assert width(pane) == usual


def drag(edge: QWidget, by: int) -> None:
    """Grab the edge and let it go so many pixels further right."""
    left, kinds = Qt.MouseButton.LeftButton, QEvent.Type
    begin = edge.mapToGlobal(QPoint(2, 5))
    for kind, at in ((kinds.MouseButtonPress, 0), (kinds.MouseMove, by), (kinds.MouseButtonRelease, by)):
        there = QPointF(begin + QPoint(at, 0))
        QApplication.sendEvent(
            edge, QMouseEvent(kind, edge.mapFromGlobal(there), there, left, left, Qt.KeyboardModifier.NoModifier)
        )


def test_the_form_keeps_room_and_the_panel_its_bounds(open_pane: OpenPane) -> None:
    pane = open_pane(width=1280)
    edge = pane.child(QWidget, "context.edge")
    pane.desk.press(edge, *[Qt.Key.Key_Left] * 40)
    assert pane.widget.width() - width(pane) >= 560
    pane.desk.press(edge, *[Qt.Key.Key_Right] * 40)
    assert width(pane) == 280


def test_panes_of_a_list_stand_the_next_time_where_keys_put_them_each_view_its_own(
    open_desk: OpenDesk, next_time: NextTime
) -> None:
    desk = open_desk()
    before = sizes(desk)
    view = desk.view("workbin.workbins", WorkbinView)
    for splitter, key, times in zip(
        view.findChildren(QSplitter), (Qt.Key.Key_Right, Qt.Key.Key_Left), (2, 3), strict=True
    ):
        edge = splitter.handle(1)
        assert edge is not None
        assert edge.accessibleName()
        assert edge.focusPolicy() & Qt.FocusPolicy.TabFocus
        desk.press(edge, *[key] * times)
    moved = sizes(desk)
    assert [after - was for after, was in zip(moved, before, strict=True)] == [32, 48]
    desk.wait(lambda: ".workbin]" in kept(desk))
    again = next_time(desk)
    assert sizes(again) == moved


def sizes(desk: Desk) -> list[int]:
    """Widths of explorer and details of the workbins."""
    view = desk.view("workbin.workbins", WorkbinView)
    outer, inner = view.findChildren(QSplitter)
    desk.wait(lambda: outer.width() > 800)
    QApplication.processEvents()
    return [outer.sizes()[0], inner.sizes()[-1]]
