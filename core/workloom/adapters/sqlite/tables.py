"""All groups of tables over one connection: a `ports.Reader`, and in a write transaction a `ports.Transaction`."""

import sqlite3
from typing import Final

from workloom.adapters.sqlite.database import SqliteDatabase, sql
from workloom.adapters.sqlite.events import SqliteEvents
from workloom.adapters.sqlite.items import SqliteItems
from workloom.adapters.tables.captured import Captured
from workloom.adapters.tables.contacts import ContactRows
from workloom.adapters.tables.due import DueRows
from workloom.adapters.tables.lists import ListRows
from workloom.adapters.tables.logins import LoginRows, TokenRows
from workloom.adapters.tables.notes import NoteRows
from workloom.adapters.tables.records import CommandKeyRows, DocumentRows, PreferenceRows
from workloom.adapters.tables.sessions import SessionRows
from workloom.services.leases import Lease

_SQL: Final = {
    file: sql(file) for file in ("captured", "contacts", "due", "lists", "logins", "notes", "records", "sessions")
}


class Tables:
    """The groups by name, for one snapshot or transaction: a group may keep what it has read.

    A new group for reading is one line here and one property of `ports.Reader`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        database = SqliteDatabase(connection)
        self.items = SqliteItems(database)
        self.due = DueRows(database, _SQL["due"])
        self.events = SqliteEvents(database)
        self.sessions = SessionRows(database, _SQL["sessions"])
        self.notes = NoteRows(database, _SQL["notes"])
        self.contacts = ContactRows(database, _SQL["contacts"])
        self.documents = DocumentRows(database, _SQL["records"])
        self.keys = CommandKeyRows(database, _SQL["records"])
        self.captured = Captured(database, _SQL["captured"])
        self.preferences = PreferenceRows(database, _SQL["records"])
        self.lists = ListRows(database, _SQL["lists"], self.contacts)
        self.logins = LoginRows(database, _SQL["logins"])
        self.tokens = TokenRows(database, _SQL["logins"])

    def foresee(self, session: str, *, key: str = "", item: str = "") -> None:
        """Nothing is far away."""

    def holds(self, lease: Lease) -> bool:
        """Nobody else dispatches."""
        return lease.held()
