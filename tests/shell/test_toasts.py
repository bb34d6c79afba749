"""Toasts: they count down, say so, take keys but never the focus by themselves, and never leave the screen."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.shell.driving import Driver
from tests.shell.kit.samples import window_kit
from tests.shell.test_desk import ready
from workloom.api import Fact, ToastContent
from workloom.shell.desk import AgentDesk
from workloom.shell.offers.countdown import Countdown
from workloom.shell.offers.ring import Ring
from workloom.shell.offers.stack import EDGE, GAP, MORE, ToastStack, how_many
from workloom.shell.offers.toast import Toast, wide_enough

CONTENT = ToastContent(
    title="Invoice offered",
    heading="Nordwind Logistik GmbH",
    line="Freight invoice 2026-11734, second reminder",
    origin="AP – Freight",
    waiting_since_text="Waiting 6 min 12 s",
    facts=(Fact(label="Amount", value="€18,420.00"), Fact(label="Cost centre", value="7120 Inbound freight")),
)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def toast_of(qapp: QApplication, qtbot: QtBot, clock: Clock, seconds: float = 30) -> Toast:
    kit, window = window_kit(qapp)
    qtbot.addWidget(window)
    toast = Toast(kit, CONTENT, Countdown(seconds, clock), accept=lambda: None, reject=lambda: None)
    qtbot.addWidget(toast)
    return toast


def tick(toast: Toast, clock: Clock, left: float) -> None:
    """Let time pass until so much is left of 30 seconds."""
    clock.now = 30 - left
    toast.tick()


def is_danger(toast: Toast) -> bool:
    ring = toast.findChild(Ring)
    assert ring is not None
    return ring.is_danger


def test_the_ring_turns_danger_below_five_seconds(qapp: QApplication, qtbot: QtBot) -> None:
    clock = Clock()
    toast = toast_of(qapp, qtbot, clock)
    tick(toast, clock, 5)
    assert not is_danger(toast)
    tick(toast, clock, 4)
    assert is_danger(toast)


def test_an_offer_is_announced_at_once_and_again_at_ten_and_five_seconds(qapp: QApplication, qtbot: QtBot) -> None:
    clock = Clock()
    toast = toast_of(qapp, qtbot, clock)
    said = {toast.accessibleName()}
    for left in range(30, 0, -1):
        tick(toast, clock, left)
        said.add(toast.accessibleName())
    who = "Invoice offered, Nordwind Logistik GmbH, answer within"
    assert said == {f"{who} {seconds} seconds" for seconds in (30, 10, 5)}


def test_when_the_time_is_over_nothing_can_be_pressed_any_more(qapp: QApplication, qtbot: QtBot) -> None:
    clock = Clock()
    toast = toast_of(qapp, qtbot, clock)
    tick(toast, clock, -1)
    assert not toast.accept_button.isEnabled()


def test_how_many_are_shown_is_what_fits_with_room_to_count_the_others() -> None:
    assert how_many([], 600) == 0
    assert how_many([250, 250, 250], 766) == 3
    assert how_many([250, 250, 250], 765) == 2
    assert how_many([250, 250, 250, 250], 766) == 2
    assert how_many([250, 250, 250, 250], 766 + GAP + MORE) == 3
    assert how_many([250, 250], 500) == 1
    assert how_many([700], 600) == 1, "the oldest is shown in any case"


def test_larger_text_makes_a_toast_wider_within_its_share_of_the_screen() -> None:
    sizes = ((1.0, 1600), (1.5, 1600), (2.0, 1600), (2.0, 2560), (2.0, 800), (0.8, 1600))
    assert [wide_enough(text_size, room) for text_size, room in sizes] == [420, 630, 640, 840, 420, 420]


def test_large_toasts_stay_on_the_screen_and_the_others_are_counted(qapp: QApplication, qtbot: QtBot) -> None:
    kit, window = window_kit(qapp, text_size=2.0)
    qtbot.addWidget(window)
    window.show()
    stack = ToastStack(kit)
    for _ in range(4):
        stack.add(Toast(kit, CONTENT, Countdown(30), accept=lambda: None, reject=lambda: None))
    screen = window.screen()
    assert screen is not None
    room = screen.availableGeometry()
    shown = [toast for toast in stack.toasts if toast.isVisible()]
    assert 0 < len(shown) < 3
    assert all(room.contains(toast.frameGeometry()) for toast in shown)
    more = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "toast-more" and w.isVisible())
    assert [label.text() for label in more.findChildren(QLabel)] == [f"+{4 - len(shown)} more"]
    assert room.contains(more.frameGeometry())
    stack.clear()
    assert not stack.toasts


def oldest(driver: Driver) -> tuple[AgentDesk, Toast]:
    """An agent with offers whose window is active."""
    desk = ready(driver)
    toast = driver.toast(desk)
    driver.activate()
    return desk, toast


def test_toasts_stand_at_the_bottom_right_of_the_screen(driver: Driver) -> None:
    _desk, toast = oldest(driver)
    screen = driver.window.screen()
    assert screen is not None
    corner = screen.availableGeometry().bottomRight()
    assert corner.x() - toast.frameGeometry().right() == EDGE
    assert corner.y() - toast.frameGeometry().bottom() == EDGE


def test_f7_moves_into_the_oldest_toast_and_esc_back_to_where_the_focus_was(driver: Driver) -> None:
    _desk, toast = oldest(driver)
    before = driver.child("top-notices", QPushButton)
    before.setFocus()
    driver.press(Qt.Key.Key_F7)
    driver.wait(toast.accept_button.hasFocus)
    driver.press_on(toast.accept_button, Qt.Key.Key_Escape)
    driver.wait(before.hasFocus)
    assert toast.isVisible()
    assert toast.accept_button.isEnabled()


def test_a_toast_that_gets_the_keys_unasked_has_them_at_no_button(driver: Driver) -> None:
    desk, toast = oldest(driver)
    toast.activateWindow()
    driver.wait(toast.isActiveWindow)
    driver.press_on(toast.focusWidget() or toast, Qt.Key.Key_Space)
    driver.press_on(toast.focusWidget() or toast, Qt.Key.Key_Return)
    assert toast.accept_button.isEnabled()
    assert toast in desk.offers.stack.toasts


def test_shift_f8_rejects_the_oldest_and_f8_accepts_the_next(driver: Driver) -> None:
    desk, toast = oldest(driver)
    following = desk.offers.stack.toasts[1]
    driver.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    driver.wait(lambda: toast not in desk.offers.stack.toasts)
    assert not desk.session.known.open_rows
    driver.activate()
    driver.press(Qt.Key.Key_F8)
    driver.wait(lambda: following not in desk.offers.stack.toasts)
    driver.wait(lambda: len(desk.session.known.open_rows) == 1)


def test_where_several_agents_share_a_screen_a_toast_names_its_own(driver: Driver) -> None:
    driver.opened()
    driver.log_in("lena")
    driver.another_window()
    desk = ready(driver, "tomasz")
    toast = driver.toast(desk)
    assert desk.session.known.me.full_name in toast.accessibleName()


def test_a_toast_of_the_only_agent_names_nobody(driver: Driver) -> None:
    desk, toast = oldest(driver)
    assert desk.session.known.me.full_name not in toast.accessibleName()
