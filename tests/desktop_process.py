"""A real desktop process with somebody at its keyboard, for tests that kill it."""

import json
import os
import sys
import threading
import time
import traceback

from PyQt6.QtCore import QMetaObject, QObject, Qt, pyqtSlot
from PyQt6.QtWidgets import QApplication, QLineEdit, QPushButton

from workloom.cli import main
from workloom.shell.agent_window import AgentWindow
from workloom.testing.desktop.person import Person

PASSWORD = "alpenrand"


class Player(QObject):
    """Somebody who logs in as `user` and then works, on the UI thread."""

    user: str

    @pyqtSlot()
    def play(self) -> None:
        """Work until the process is killed; whatever else ends it ends the process, so that nobody waits for it."""
        try:
            window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, AgentWindow))
            person = Person(window)
            person.write(self.user, person.named(QLineEdit, "login-user"))
            person.write(PASSWORD, person.named(QLineEdit, "login-password"))
            person.click("Continue")
            person.named(QPushButton, "login-go").click()
            self.work(window, person)
        finally:
            traceback.print_exc()
            os._exit(1)

    def work(self, window: AgentWindow, person: Person) -> None:
        """What is done after the login; it does not return."""
        raise NotImplementedError


def say(what: object) -> None:
    """A line of the output, as JSON."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def desktop_of(player: type[Player], data: str) -> int:
    """`workloom desktop` on a folder of data, with this player at it."""
    kept: list[Player] = []
    threading.Thread(target=_begin, args=(player, kept), daemon=True).start()
    return main(["--data", data, "desktop", "--theme", "light"])


def _begin(player: type[Player], kept: list[Player]) -> None:
    """Wait for a window, then let the player begin on the UI thread."""
    application = None
    while application is None or not any(isinstance(each, AgentWindow) for each in QApplication.topLevelWidgets()):
        time.sleep(0.05)
        application = QApplication.instance()
    kept.append(player())
    kept[0].moveToThread(application.thread())
    QMetaObject.invokeMethod(kept[0], "play", Qt.ConnectionType.QueuedConnection)
