"""Text that grows is not cut: in the sidebar, which grows within its share of the window, on discs and on buttons."""

from PyQt6.QtGui import QFontMetrics
from PyQt6.QtWidgets import QApplication, QPushButton, QToolButton

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver
from tests.shell.test_desk import accept, ready
from tests.shell.test_keys import press
from workloom.api import Presence
from workloom.shell.login.page import FORM_WIDTH
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


def test_the_actions_of_a_row_are_whole_when_the_text_grows(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    driver.window.resize(1024, 640)
    desk = ready(driver)
    accept(driver, desk)
    press(driver, "Ctrl+W")
    driver.wait(lambda: not desk.session.known.open_rows)
    desk.set_state(Presence.NOT_READY)
    desk.views.show_number(0)

    def more() -> list[QToolButton]:
        named = driver.window.findChildren(QToolButton)
        return [found for found in named if found.accessibleName() == "More actions" and found.isVisible()]

    desk.workspace.board.clear()
    driver.wait(more)
    before = more()[0].width()
    for _step in range(5):
        desk.ways.larger(1)
    driver.wait(lambda: more() and more()[0].width() > before)
    driver.wait(lambda: more()[0].visibleRegion().boundingRect() == more()[0].rect())
    desk.ways.larger(0)


def test_the_bars_are_whole_whatever_stands_between_them(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    driver.window.resize(1024, 640)
    desk = ready(driver, "ines")
    for _step in range(10):
        desk.ways.larger(1)
    for view, _title in enumerate(desk.views.titles()):
        desk.views.show_number(view)
        QApplication.processEvents()
        for bar in (desk.workspace.top, desk.workspace.status):
            driver.wait(lambda bar=bar: bar.height() >= bar.minimumSizeHint().height())  # type: ignore[misc]
    desk.ways.larger(0)


def test_a_hint_of_the_status_bar_is_whole_or_not_there(make_desktop: MakeDesktop) -> None:
    driver = make_desktop(plugins=True)
    driver.window.resize(1280, 800)
    desk = ready(driver)
    status = desk.workspace.status
    assert all(not hint.isHidden() for hint in status.hints)
    status.show_place("Claims hall, fourth floor, by the window")
    for _step in range(10):
        desk.ways.larger(1)
    driver.wait(lambda: any(hint.isHidden() for hint in status.hints))
    assert status.minimumSizeHint().width() <= status.width()
    desk.ways.larger(0)
    driver.wait(lambda: all(not hint.isHidden() for hint in status.hints))


def test_the_banner_is_as_high_as_its_button_at_every_size(driver: Driver) -> None:
    desk = ready(driver)
    banner = desk.workspace.banner
    banner.say("Not connected", action="Try now", run=lambda: None)
    driver.wait(banner.isVisible)
    usual = banner.height()
    button = driver.child("banner-action")
    for _step in range(10):
        desk.ways.larger(1)
    driver.wait(lambda: banner.height() > usual)
    driver.wait(lambda: button.visibleRegion().boundingRect() == button.rect())
    assert button.y() >= 4
    desk.ways.larger(0)
    driver.wait(lambda: banner.height() == usual)


def test_the_keyboard_map_stands_within_the_window(driver: Driver) -> None:
    driver.window.resize(1024, 640)
    desk = ready(driver)
    for _step in range(10):
        desk.ways.larger(1)
    driver.window.show_keys()
    dialog = driver.child("key-map")
    assert (dialog.width(), dialog.height()) <= (1024, 640)
    dialog.close()
    desk.ways.larger(0)


def test_the_button_that_logs_in_is_in_sight_in_the_least_window(driver: Driver) -> None:
    driver.window.resize(1024, 640)
    driver.opened()
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    go = driver.child("login-go")
    driver.wait(lambda: go.visibleRegion().boundingRect() == go.rect())


def test_a_login_page_on_which_the_text_grows_is_wider_than_before(driver: Driver) -> None:
    driver.window.resize(1600, 1000)
    driver.opened()
    user = driver.child("login-user")
    driver.wait(lambda: user.width() == FORM_WIDTH)
    driver.desktop.process.appearance.larger(1)
    driver.wait(lambda: user.width() > FORM_WIDTH)
    driver.desktop.process.appearance.larger(0)
    driver.wait(lambda: user.width() == FORM_WIDTH)
