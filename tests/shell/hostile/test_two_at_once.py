"""Two errors at the same moment, one on the UI thread: PyQt would lose one while the hook works on the other."""

import threading

from PyQt6.QtCore import QEvent, QObject, QThread
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from workloom.plugin_manager.uncaught import watch_uncaught


class Work(QThread):
    """A thread of Qt that fails."""

    def run(self) -> None:
        raise ValueError("on the thread")


class Filter(QObject):
    """An event filter that fails."""

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        raise ValueError("on the UI thread")


def test_an_error_on_the_ui_thread_is_told_while_another_is_being_recorded(qtbot: QtBot) -> None:
    began, may_end = threading.Event(), threading.Event()
    blamed: list[str] = []

    def blame(error: BaseException, _where: str) -> str:
        blamed.append(str(error))
        began.set()
        may_end.wait(10)
        return "acme"

    undo = watch_uncaught(blame)
    box = QWidget()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    label = QLabel("text")
    failing = Filter(label)
    label.installEventFilter(failing)
    work = Work()
    try:
        work.start()
        assert began.wait(10)
        row.insertWidget(0, label)  # raised SystemError, with the error of the filter still set
    finally:
        label.removeEventFilter(failing)
        may_end.set()
        work.wait()
        undo()
    assert blamed[0] == "on the thread"
    assert "on the UI thread" in blamed
