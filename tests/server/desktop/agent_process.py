"""A desktop on a server as a process of its own, with an agent at it, until it is killed.

    python agent_process.py DATA [again]

It is `workloom desktop`. Each line of the output is a JSON object. Without `again` the agent accepts an item and, when
a line comes in, writes the notes and marks the item as done; with `again` the agent logs in and tells the notices once
nothing is left to be sent.
"""

import json
import os
import sys
import threading
import time
import traceback

from PyQt6.QtCore import QMetaObject, QObject, Qt, pyqtSlot
from PyQt6.QtWidgets import QApplication, QLineEdit, QPushButton

from workloom.api import AddNote, MarkDone
from workloom.cli import main
from workloom.shell.agent_window import AgentWindow
from workloom.shell.desk import AgentDesk
from workloom.testing.desktop.person import Person

USER, PASSWORD = "tomasz", "alpenrand"
NOTES = ("first", "second", "third", "fourth")
LONG = 60.0
"""Seconds for what another process does."""


class Agent(QObject):
    """Plays on the UI thread."""

    @pyqtSlot()
    def play(self) -> None:
        """Whatever goes wrong ends the process, so that nobody waits for it."""
        try:
            self._play()
        except BaseException:  # noqa: BLE001 - said, and the end of the process
            traceback.print_exc()
            os._exit(1)

    def _play(self) -> None:
        window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, AgentWindow))
        person = Person(window)
        person.write(USER, person.named(QLineEdit, "login-user"))
        person.write(PASSWORD, person.named(QLineEdit, "login-password"))
        person.click("Continue")
        person.named(QPushButton, "login-go").click()
        person.until("the desk", lambda: window.desk is not None and window.desk.session.has_started, LONG)
        assert window.desk is not None
        if "again" in sys.argv:
            self._wait_until_sent(person, window.desk)
        else:
            self._work(person, window.desk)

    def _work(self, person: Person, desk: AgentDesk) -> None:
        person.toast()
        item = desk.session.known.offers[0].row.item.id
        person.press("F8")
        person.until("the item", lambda: desk.session.known.open_row(item) is not None)
        say(item=item)
        told: list[str] = []
        threading.Thread(target=lambda: told.append(sys.stdin.readline()), daemon=True).start()
        person.until("a line", lambda: bool(told), LONG)
        for text in NOTES:
            desk.session.execute(AddNote(item=item, text=text))
        desk.session.execute(MarkDone(item=item))
        person.until("the end of the process", lambda: False, LONG * 5)

    def _wait_until_sent(self, person: Person, desk: AgentDesk) -> None:
        session = desk.session
        person.until("all to be sent", lambda: not session.waiting() and not session.kept.unsent, LONG * 2)
        say(notices=[[each.notice.title, each.notice.text] for each in desk.workspace.board.log.entries])
        person.until("the end of the process", lambda: False, LONG * 5)


def say(**what: object) -> None:
    """A line of the output."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def begin(agents: list[Agent]) -> None:
    """Wait for a window, then let the agent begin on the UI thread."""
    application = None
    while application is None or not any(isinstance(each, AgentWindow) for each in QApplication.topLevelWidgets()):
        time.sleep(0.05)
        application = QApplication.instance()
    agents.append(Agent())
    agents[0].moveToThread(application.thread())
    QMetaObject.invokeMethod(agents[0], "play", Qt.ConnectionType.QueuedConnection)


if __name__ == "__main__":
    kept: list[Agent] = []
    threading.Thread(target=begin, args=(kept,), daemon=True).start()
    sys.exit(main(["--data", sys.argv[1], "desktop", "--theme", "light"]))
