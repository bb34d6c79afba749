"""What an agent reads when the disk is full, and that nothing is lost by it."""

import sqlite3

import pytest
from PyQt6.QtWidgets import QPlainTextEdit

from tests.shell.conftest import MakeDesktop
from tests.shell.test_desk import accept, ready
from workloom.adapters.sqlite.store import connect
from workloom.testing.desktop.person import Person

LONG_NOTE = "word " * 8000


def test_a_full_disk_refuses_in_plain_words_and_keeps_what_was_typed_until_there_is_space(
    make_desktop: MakeDesktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []

    def remembered(path: str) -> sqlite3.Connection:
        opened.append(connect(path))
        return opened[-1]

    monkeypatch.setattr("workloom.adapters.sqlite.store.connect", remembered)
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
