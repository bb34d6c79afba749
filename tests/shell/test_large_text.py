"""At 200 % text the sidebar says its words whole, within its share of the window, and initials stay on their disc."""

from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QApplication

from tests.shell.driving import Driver
from tests.shell.test_desk import ready
from workloom.shell.window.sidebar import RAIL, SHARE, WIDE


def test_the_sidebar_grows_with_the_text_within_its_share_of_the_window(driver: Driver) -> None:
    driver.window.resize(1900, 1000)
    desk = ready(driver)
    sidebar = desk.workspace.sidebar
    assert sidebar.width() == WIDE
    for _step in range(10):
        desk.ways.larger(1)
    driver.wait(lambda: sidebar.width() == round(SHARE * driver.window.width()))
    for entry in sidebar.views.values():
        font = desk.kit.scale.font("base")
        assert QFontMetrics(font).horizontalAdvance(entry.accessibleName()) < sidebar.width() - 60
    driver.window.resize(1100, 900)
    driver.wait(lambda: sidebar.width() == RAIL)
    driver.window.resize(1900, 1000)
    desk.ways.larger(0)
    driver.wait(lambda: sidebar.width() == WIDE)
    QApplication.processEvents()
