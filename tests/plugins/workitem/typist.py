"""A desktop process of its own in which somebody logs in, accepts an item and types until the process is killed.

    python typist.py DATA [empty]

It is `workloom desktop`, with a person at its keyboard: each line of the output is what stands in a field and in the
note at that moment. With `empty` the person empties the field and stops.
"""

import json
import os
import sys
import threading
import time
import traceback
from typing import Any

from PyQt6.QtCore import QMetaObject, QObject, Qt, pyqtSlot
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from workloom.cli import main
from workloom.shell.agent_window import AgentWindow
from workloom.testing.desktop.person import Person

USER, PASSWORD = "lena", "alpenrand"
# The stubs of PyQt6 take these functions for methods.
_QTEST: Any = QTest
PAUSE = 0.03
"""Seconds between two keys."""


class Typist(QObject):
    """Plays on the UI thread."""

    @pyqtSlot()
    def play(self) -> None:
        """Type until the process is killed; whatever else ends it ends the process, so that nobody waits for it."""
        try:
            self._play()
        finally:
            traceback.print_exc()
            os._exit(1)

    def _play(self) -> None:
        window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, AgentWindow))
        person = Person(window)
        person.write(USER, person.named(QLineEdit, "login-user"))
        person.write(PASSWORD, person.named(QLineEdit, "login-password"))
        person.click("Continue")
        person.named(QPushButton, "login-go").click()
        person.toast()
        person.press("F8")
        room, note = person.named(QLineEdit, "Room"), person.named(QPlainTextEdit, "Note")
        note.setFocus()
        _QTEST.keyClicks(note, "Called the owner")
        person.write("", room)
        typed = 0
        while True:
            empty = "empty" in sys.argv
            _QTEST.keyClick(room, Qt.Key.Key_Delete if empty else Qt.Key(ord("A") + typed % 26))
            typed += 1
            sys.stdout.write(json.dumps([time.time(), room.text(), note.toPlainText()]) + "\n")
            sys.stdout.flush()
            person.let_work(PAUSE)


def begin(typist: list[Typist]) -> None:
    """Wait for a window, then let the person begin on the UI thread."""
    application = None
    while application is None or not any(isinstance(each, AgentWindow) for each in QApplication.topLevelWidgets()):
        time.sleep(0.05)
        application = QApplication.instance()
    typist.append(Typist())
    typist[0].moveToThread(application.thread())
    QMetaObject.invokeMethod(typist[0], "play", Qt.ConnectionType.QueuedConnection)


if __name__ == "__main__":
    kept: list[Typist] = []
    threading.Thread(target=begin, args=(kept,), daemon=True).start()
    sys.exit(main(["--data", sys.argv[1], "desktop", "--theme", "light"]))
