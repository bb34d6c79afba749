"""A slow or dead server never stops the window: what waits, waits elsewhere."""

from pathlib import Path

from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.server.windows import Gaps, Mute, desktop_on

STALL = 0.1 * 10
"""Seconds. The figure is 100 ms; here it has the ten-fold slack of a busy machine. `./loom chaos` holds the figure."""


def test_a_server_that_never_answers_leaves_the_login_page_alive_and_is_told(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    mute = Mute()
    try:
        with desktop_on((mute.url,), tmp_path, qapp, qtbot) as driver:
            driver.wait(lambda: mute.connections)
            with Gaps() as gaps:
                driver.type_into("login-user", "lena")
                driver.type_into("login-password", "alpenrand")
                driver.click("login-continue")
                driver.wait(lambda: driver.window.findChild(QPushButton, "login-try-again"))
            assert driver.text("login-cannot-open-title") == "The service cannot be reached"
            assert gaps.longest < STALL
    finally:
        mute.close()
