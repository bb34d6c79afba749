"""The round corners of a toast are not black where nothing composes the screen."""

import os
import shutil
import subprocess
import sys

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workloom.shell.offers.corners import round_off


def test_without_a_compositor_the_corners_are_cut_off_at_every_size(qapp: QApplication, qtbot: QtBot) -> None:
    del qapp
    window = QWidget()
    qtbot.addWidget(window)
    round_off(window, 12, lambda: False)
    for width, height in ((420, 200), (420, 320)):
        window.resize(width, height)
        window.show()
        mask = window.mask()
        for corner in (QPoint(0, 0), QPoint(width - 1, 0), QPoint(0, height - 1), QPoint(width - 1, height - 1)):
            assert not mask.contains(corner)
        for inside in (QPoint(12, 0), QPoint(0, 12), QPoint(width - 13, height - 1), QPoint(width // 2, height // 2)):
            assert mask.contains(inside)


def test_with_a_compositor_they_are_seen_through(qapp: QApplication, qtbot: QtBot) -> None:
    del qapp
    window = QWidget()
    qtbot.addWidget(window)
    round_off(window, 12, lambda: True)
    window.resize(420, 200)
    window.show()
    assert window.mask().isEmpty()
    assert window.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


ASKS = "from workloom.shell.offers.corners import has_compositor; print(has_compositor())"
PAINTS = """
import sys
from PyQt6.QtWidgets import QApplication
from tests.shell.kit.samples import window_kit
from tests.shell.test_toasts import CONTENT
from workloom.shell.offers.countdown import Countdown
from workloom.shell.offers.toast import Toast
application = QApplication([])
kit, window = window_kit(application)
window.setGeometry(0, 0, 800, 600)
window.setStyleSheet(window.styleSheet() + "QWidget#ground { background: #ffffff }")
window.show()
toast = Toast(kit, CONTENT, Countdown(30), accept=lambda: None, reject=lambda: None)
toast.move(100, 100)
toast.show()
for _ in range(200):
    application.processEvents()
image = application.primaryScreen().grabWindow(0).toImage()
print(image.pixelColor(100, 100).name(), image.pixelColor(100 + toast.width() - 1, 100).name())
"""


XVFB = shutil.which("xvfb-run") or ""


@pytest.mark.skipif(not XVFB, reason="there is no Xvfb here")
def test_on_a_bare_x_server_no_compositor_is_found_and_no_corner_is_black() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    for script in (ASKS, PAINTS):
        done = subprocess.run(
            [XVFB, "-a", sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert "True" not in done.stdout
        assert "#000000" not in done.stdout, done.stdout
