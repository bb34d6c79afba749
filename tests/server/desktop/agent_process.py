"""A desktop on a server as a process of its own, with an agent at it, until it is killed.

    python -m tests.server.desktop.agent_process DATA [again]

Each line of the output is a JSON object. Without `again` the agent accepts an item and, when
a line comes in, writes the notes and marks the item as done; with `again` the agent logs in and tells the notices once
nothing is left to be sent.
"""

import sys
import threading

from tests.desktop_process import desktop_of, say
from workloom.api import AddNote, MarkDone
from workloom.shell.agent_window import AgentWindow
from workloom.shell.desk import AgentDesk
from workloom.testing.desktop.person import Person

NOTES = ("first", "second", "third", "fourth")
LONG = 60.0
"""Seconds for what another process does."""


def work(window: AgentWindow, person: Person) -> None:
    """Accept an item and change it, or look at what has become of it."""
    person.until("the desk", lambda: window.desk is not None and window.desk.session.has_started, LONG)
    assert window.desk is not None
    if "again" in sys.argv:
        _wait_until_sent(person, window.desk)
    else:
        _change(person, window.desk)


def _change(person: Person, desk: AgentDesk) -> None:
    person.toast()
    item = desk.session.known.offers[0].row.item.id
    person.press("F8")
    person.until("the item", lambda: desk.session.known.open_row(item) is not None)
    say({"item": item})
    told: list[str] = []
    threading.Thread(target=lambda: told.append(sys.stdin.readline()), daemon=True).start()
    person.until("a line", lambda: bool(told), LONG)
    for text in NOTES:
        desk.session.execute(AddNote(item=item, text=text))
    desk.session.execute(MarkDone(item=item))
    person.until("the end of the process", lambda: False, LONG * 5)


def _wait_until_sent(person: Person, desk: AgentDesk) -> None:
    session = desk.session
    person.until("all to be sent", lambda: not session.waiting() and not session.kept.unsent, LONG * 2)
    say({"notices": [[each.notice.title, each.notice.text] for each in desk.workspace.board.log.entries]})
    person.until("the end of the process", lambda: False, LONG * 5)


if __name__ == "__main__":
    sys.exit(desktop_of("tomasz", work, sys.argv[1]))
