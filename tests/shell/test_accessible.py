"""Every screen can be worked by keyboard and heard: names, keys in descriptions, targets large enough."""

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenu,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from workloom.api import Notice, Presence
from workloom.shell.desk import AgentDesk

LEAST = 28
"""Side of a target, in px."""


def stops(root: QWidget) -> Iterator[QWidget]:
    """Visible widgets below a root at which the keyboard can stop."""
    for widget in (root, *root.findChildren(QWidget)):
        tabs = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if tabs and widget.isVisible() and not isinstance(widget, QScrollBar) and widget.focusProxy() is None:
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader says: the accessible name, else the words of a button, else those of the label beside."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    window = widget.window()
    labels = window.findChildren(QLabel) if window is not None else []
    return next((label.text() for label in labels if label.buddy() is widget), "")


def told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"


def audit(root: QWidget) -> list[str]:
    """What is wrong with a screen: stops without a name, targets that are too small, icon buttons without words."""
    faults = []
    for widget in stops(root):
        if not name_of(widget).strip():
            faults.append(f"no name: {told(widget)}")
        if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < LEAST:
            faults.append(f"{widget.width()} × {widget.height()}: {told(widget)} “{name_of(widget)}”")
        if isinstance(widget, QToolButton) and not widget.toolTip():
            faults.append(f"an icon without a tooltip: {told(widget)} “{name_of(widget)}”")
    return faults


@pytest.fixture
def working(make_desktop: MakeDesktop) -> tuple[Driver, AgentDesk]:
    """An agent with all plugins and an open item, not ready."""
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    accept(driver, desk)
    driver.wait(lambda: driver.window.findChild(QWidget, "case.Impact"))
    desk.set_state(Presence.NOT_READY)
    driver.wait(lambda: desk.session.known.session.channels[0].state is not Presence.READY)
    return driver, desk


def test_both_steps_of_the_login(driver: Driver) -> None:
    driver.opened()
    assert audit(driver.window) == []
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    assert audit(driver.window) == []


def test_the_window_with_an_open_item(working: tuple[Driver, AgentDesk]) -> None:
    driver, desk = working
    desk.notify(Notice(title="Something to take back", action="Undo", run=lambda: None))
    driver.wait(lambda: desk.workspace.board.cards)
    assert audit(driver.window) == []


def test_the_window_as_a_rail(working: tuple[Driver, AgentDesk]) -> None:
    driver, desk = working
    driver.window.resize(1024, 640)
    driver.wait(lambda: desk.workspace.sidebar.compact)
    assert audit(driver.window) == []


def test_every_main_view(working: tuple[Driver, AgentDesk]) -> None:
    driver, desk = working
    for view in desk.workspace.sidebar.views:
        desk.show_view(view)
        driver.qtbot.wait(150)
        page = desk.workspace.main.currentWidget()
        assert page is not None
        assert audit(page) == [], view


def test_a_toast(driver: Driver) -> None:
    desk = ready(driver)
    toast = driver.toast(desk)
    assert audit(toast) == []
    assert toast.accessibleDescription() or not desk.session.known.offers[0].content.facts


def test_pop_ups_dialogs_and_menus(working: tuple[Driver, AgentDesk]) -> None:
    driver, desk = working
    desk.workspace.top.bell.open()
    popup = next(widget for widget in QApplication.topLevelWidgets() if widget.objectName() == "Notices")
    assert popup.accessibleName() == "Notices"
    assert audit(popup) == []
    popup.close()
    driver.window.show_keys()
    dialog = driver.child("key-map")
    assert audit(dialog) == []
    dialog.close()
    menu = desk.menu.build(desk.session.known, desk.session.now())
    assert menu.accessibleName() == "Status"
    nameless = [action for each in (menu, *menu.findChildren(QMenu)) for action in each.actions()]
    assert all(action.text().strip() for action in nameless if not action.isSeparator())


def test_icon_buttons_say_their_key_in_the_description(working: tuple[Driver, AgentDesk]) -> None:
    driver, _desk = working
    assert driver.child("top-keys").accessibleDescription() == "Ctrl+/"
    transfer = driver.child("action:routing-transfer.transfer")
    assert transfer.accessibleDescription() == "Ctrl+T"


def test_an_open_item_says_what_it_is_and_where_it_stands_in_the_list(working: tuple[Driver, AgentDesk]) -> None:
    _driver, desk = working
    row = desk.session.known.open_rows[0]
    entry = desk.workspace.sidebar.items[row.item.id]
    said = entry.accessibleName()
    assert said.startswith(f"Incident, {row.item.subject}, {row.contact}")
    assert said.endswith("item 1 of 1")


def test_the_status_is_said_in_words(working: tuple[Driver, AgentDesk]) -> None:
    _driver, desk = working
    assert "Not ready" in desk.workspace.sidebar.status.accessibleName()
