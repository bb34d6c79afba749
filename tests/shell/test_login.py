"""The login: two steps, one message for a wrong password, plain words when the data cannot be opened."""

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QCheckBox, QLineEdit, QPushButton

from tests.shell.conftest import MakeDesktop
from tests.shell.driving import Driver


def test_the_page_is_usable_before_the_service_is_open(driver: Driver) -> None:
    assert not driver.desktop.connection.is_open
    driver.type_into("login-user", "lena")
    assert driver.window.isVisible()
    driver.opened()
    assert driver.text("login-connection").startswith("Connected to")


def test_what_was_sent_before_the_service_was_open_is_sent_when_it_is(driver: Driver) -> None:
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))


def test_a_demo_user_is_filled_in_by_a_click_and_logs_in(driver: Driver) -> None:
    driver.opened()
    driver.click("login-demo-jonas")
    driver.click("login-continue")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))


@pytest.mark.parametrize(("user", "password"), [("lena", "wrong"), ("nobody", "alpenrand")])
def test_every_cause_of_a_refused_login_has_the_same_message(driver: Driver, user: str, password: str) -> None:
    driver.opened()
    driver.enter(user, password)
    driver.wait(lambda: driver.text("login-fault"))
    first = driver.text("login-fault")
    assert driver.child("login-fault").isVisible()
    driver.enter("lena", "also wrong")
    driver.wait(lambda: driver.text("login-fault"))
    assert driver.text("login-fault") == first


def test_after_repeated_failures_the_page_says_how_long_to_wait_and_takes_nothing_before(driver: Driver) -> None:
    driver.opened()
    for _ in range(8):
        driver.wait(driver.child("login-continue").isEnabled)
        driver.enter("lena", "wrong")
        driver.wait(lambda: driver.text("login-fault"))
        if driver.text("login-waiting"):
            break
    assert driver.text("login-waiting").startswith("Try again in ")
    assert "Wait" in driver.text("login-fault")
    assert not driver.child("login-continue").isEnabled()
    driver.type_into("login-password", "alpenrand")
    driver.press_in("login-password", Qt.Key.Key_Return)
    assert driver.window.findChild(QPushButton, "login-go") is None
    driver.wait(driver.child("login-continue").isEnabled)
    driver.click("login-continue")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))


def test_a_locked_channel_cannot_be_unticked(driver: Driver) -> None:
    driver.opened()
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    box = driver.child("login-channel-fax", QCheckBox)
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    assert not box.isEnabled()


def test_alt_left_goes_back_to_the_first_step(driver: Driver) -> None:
    driver.opened()
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    driver.window.activateWindow()
    driver.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    driver.wait(lambda: driver.child("login-user").isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize("focused", ["login-go", "login-place", "login-channel-claim", "login-remember"])
def test_enter_logs_in_from_anywhere_on_the_second_step(driver: Driver, key: Qt.Key, focused: str) -> None:
    driver.opened()
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    driver.press_in(focused, key)
    window = driver.window
    driver.wait(lambda: window.desk is not None and window.desk.session.has_started)


def test_enter_on_a_demo_user_fills_in_and_on_back_goes_back(driver: Driver) -> None:
    driver.opened()
    driver.press_in("login-demo-jonas", Qt.Key.Key_Return)
    driver.press_in("login-continue", Qt.Key.Key_Return)
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    driver.press_in("login-back", Qt.Key.Key_Return)
    driver.wait(lambda: driver.child("login-user").isVisible())


def test_place_and_channels_are_remembered_for_the_next_login(driver: Driver) -> None:
    driver.opened()
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    box = driver.child("login-channel-claim", QCheckBox)
    assert isinstance(box, QCheckBox)
    box.setChecked(False)
    driver.click("login-go")
    window = driver.window
    driver.wait(lambda: window.desk is not None and window.desk.session.has_started)
    assert window.desk is not None
    window.desk.log_off()
    driver.wait(lambda: window.desk is None)
    driver.enter("lena")
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-go"))
    again = driver.child("login-channel-claim", QCheckBox)
    assert isinstance(again, QCheckBox)
    assert not again.isChecked()


def test_a_user_who_is_remembered_has_only_the_password_to_type(driver: Driver) -> None:
    driver.opened()
    desk = driver.log_in("lena")
    window = driver.window
    desk.log_off()
    driver.wait(lambda: window.desk is None)
    focused = window.focusWidget()
    assert focused is not None
    assert focused.objectName() == "login-password"


def test_a_window_for_another_agent_proposes_nobody(driver: Driver) -> None:
    driver.opened()
    driver.log_in("lena")
    window = driver.another_window()
    user = window.findChild(QLineEdit, "login-user")
    assert user is not None
    assert user.text() == ""
    assert window.focusWidget() is user


def test_a_damaged_database_is_said_in_plain_words_and_kept(make_desktop: MakeDesktop, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    database = folder / "workloom.db"
    database.write_bytes(b"this is no database" * 500)
    driver = make_desktop(data=folder)
    driver.wait(lambda: driver.desktop.connection.error)
    assert driver.text("login-cannot-open-title") == "The database is damaged"
    assert str(database) in driver.text("login-cannot-open-text")
    assert database.read_bytes().startswith(b"this is no database")


def test_a_second_desktop_on_the_same_data_is_refused_and_may_try_again(make_desktop: MakeDesktop) -> None:
    first = make_desktop()
    first.opened()
    second = make_desktop()
    second.wait(lambda: second.desktop.connection.error)
    assert second.text("login-cannot-open-title") == "This data is open already"
    first.desktop.close()
    second.click("login-try-again")
    second.opened()


def test_the_keyboard_goes_down_the_page(driver: Driver) -> None:
    driver.opened()
    driver.wait(lambda: driver.window.findChild(QPushButton, "login-demo-jonas"))
    driver.wait(driver.child("login-demo-jonas").isVisible)
    stops = ["login-user", "login-password", "login-continue", "login-demo-lena", "login-demo-jonas"]
    widget = driver.child(stops[0])
    seen: list[str] = []
    while len(seen) < 60:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            seen.append(widget.objectName())
        following = widget.nextInFocusChain()
        assert following is not None
        widget = following
    assert [name for name in seen if name in stops][:5] == stops
    assert seen.index("login-demo-jonas") < seen.index("login-without-plugins")
