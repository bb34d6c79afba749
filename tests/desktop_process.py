"""A real desktop process with somebody at its keyboard, for tests that kill it."""

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable

from PyQt6.QtCore import QMetaObject, QObject, Qt, pyqtSlot
from PyQt6.QtWidgets import QApplication, QLineEdit, QPushButton

from workloom.cli import main
from workloom.shell.agent_window import AgentWindow
from workloom.testing.desktop.person import Person

PASSWORD = "alpenrand"


Work = Callable[[AgentWindow, Person], None]
"""What is done after the login; it does not return."""


class _Player(QObject):
    """Somebody who logs in and then works, on the UI thread."""

    def __init__(self, user: str, work: Work) -> None:
        super().__init__()
        self._user, self._work = user, work

    @pyqtSlot()
    def play(self) -> None:
        """Work until the process is killed; whatever else ends it ends the process, so that nobody waits for it."""
        try:
            window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, AgentWindow))
            person = Person(window)
            person.write(self._user, person.named(QLineEdit, "login-user"))
            person.write(PASSWORD, person.named(QLineEdit, "login-password"))
            person.click("Continue")
            person.named(QPushButton, "login-go").click()
            self._work(window, person)
        finally:
            traceback.print_exc()
            os._exit(1)


def say(what: object) -> None:
    """A line of the output, as JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def desktop_of(user: str, work: Work, data: str) -> int:
    """`workloom desktop` on a folder of data, with somebody at it."""
    kept: list[_Player] = []
    threading.Thread(target=_begin, args=(user, work, kept), daemon=True).start()
    return main(["--data", data, "desktop", "--theme", "light"])


def _begin(user: str, work: Work, kept: list[_Player]) -> None:
    """Wait for a window, then let the player begin on the UI thread."""
    application = None
    while application is None or not any(isinstance(each, AgentWindow) for each in QApplication.topLevelWidgets()):
        time.sleep(0.05)
        application = QApplication.instance()
    player = _Player(user, work)
    kept.append(player)
    player.moveToThread(application.thread())
    QMetaObject.invokeMethod(player, "play", Qt.ConnectionType.QueuedConnection)
