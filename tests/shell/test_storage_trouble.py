"""What an agent reads when the disk is full, and that nothing is lost by it."""

import sqlite3
from typing import Any

import pytest
from PyQt6.QtWidgets import QPlainTextEdit

from tests.shell.conftest import MakeDesktop
from tests.shell.test_desk import accept, ready
from workloom.testing.desktop.person import Person

LONG_NOTE = "word " * 8000


def test_a_full_disk_refuses_in_plain_words_and_keeps_what_was_typed_until_there_is_space(
    make_desktop: MakeDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []

    opening = sqlite3.connect

    def remembered(*path: Any, **how: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = opening(*path, **how)
        if str(path[0]).endswith("workloom.db"):  # the icons come from another
            opened.append(connection)
        return connection

    monkeypatch.setattr(sqlite3, "connect", remembered)
    driver = make_desktop(plugins=True)
    desk = ready(driver)
    accept(driver, desk)
    person = Person(driver.window)
    note = person.named(QPlainTextEdit, "Note")
    pages = opened[0].execute("PRAGMA page_count").fetchone()[0]
    opened[0].execute(f"PRAGMA max_page_count = {pages}")
    note.setPlainText(LONG_NOTE)
    person.click("Add note")
    person.wait_for("No space is left for")
    assert note.toPlainText() == LONG_NOTE
    opened[0].execute("PRAGMA max_page_count = 1000000")
    person.click("Add note")
    person.wait_for("Note added")
