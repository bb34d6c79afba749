"""All groups of tables over one connection: a `ports.Reader`, and in a write transaction a `ports.Transaction`."""

import sqlite3

from workloom.adapters.sqlite.captured import SqliteCaptured
from workloom.adapters.sqlite.contacts import SqliteContacts
from workloom.adapters.sqlite.due import SqliteDue
from workloom.adapters.sqlite.events import SqliteEvents
from workloom.adapters.sqlite.items import SqliteItems
from workloom.adapters.sqlite.lists import SqliteLists
from workloom.adapters.sqlite.logins import SqliteLogins, SqliteTokens
from workloom.adapters.sqlite.notes import SqliteNotes
from workloom.adapters.sqlite.records import (
    SqliteCommandKeys,
    SqliteDocuments,
    SqlitePreferences,
)
from workloom.adapters.sqlite.sessions import SqliteSessions


class Tables:
    """The groups by name, for one snapshot or transaction: a group may keep what it has read.

    A new group for reading is one line here and one property of `ports.Reader`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.items = SqliteItems(connection)
        self.due = SqliteDue(connection)
        self.events = SqliteEvents(connection)
        self.sessions = SqliteSessions(connection)
        self.notes = SqliteNotes(connection)
        self.contacts = SqliteContacts(connection)
        self.documents = SqliteDocuments(connection)
        self.keys = SqliteCommandKeys(connection)
        self.captured = SqliteCaptured(connection)
        self.preferences = SqlitePreferences(connection)
        self.lists = SqliteLists(connection)
        self.logins = SqliteLogins(connection)
        self.tokens = SqliteTokens(connection)
