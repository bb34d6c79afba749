"""A desktop process of its own in which somebody logs in, accepts an item and types until the process is killed.

    python -m tests.plugins.workitem.typist DATA [empty]

Each line of the output is what stands in a field and in the
note at that moment. With `empty` the person empties the field and stops.
"""

import sys
import time
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.desktop_process import desktop_of, say
from workloom.shell.agent_window import AgentWindow
from workloom.testing.desktop.person import Person

# The stubs of PyQt6 take these functions for methods.
_QTEST: Any = QTest
PAUSE = 0.03
"""Seconds between two keys."""


def work(_window: AgentWindow, person: Person) -> None:
    """Type, or empty a field, until the process is killed."""
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
        say([time.time(), room.text(), note.toPlainText()])
        person.let_work(PAUSE)


if __name__ == "__main__":
    sys.exit(desktop_of("lena", work, sys.argv[1]))
