"""An empty state says all of what it says."""

from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from workloom.api.ui import Ui


def test_a_long_reason_is_shown_whole(ui: Ui, qtbot: QtBot) -> None:
    text = "Items come here when you keep them for later, or when a colleague moves them here. " * 2
    made = ui.empty_state("inbox", "Nothing in Call back this week", text.strip())
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    QApplication.processEvents()
    reason = made.findChild(QLabel, "empty.text")
    assert reason is not None
    assert reason.height() >= reason.heightForWidth(reason.width())
    assert reason.height() >= 3 * reason.fontMetrics().height()
