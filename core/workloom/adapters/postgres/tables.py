"""All groups of tables over one transaction or snapshot: a `ports.Transaction`, a `ports.Reader`."""

from typing import Final

from workloom.adapters.postgres.database import PostgresDatabase, Write
from workloom.adapters.postgres.dialect import sql
from workloom.adapters.postgres.due import PostgresDue
from workloom.adapters.postgres.events import PostgresEvents
from workloom.adapters.postgres.frontier import Frontier
from workloom.adapters.postgres.items import LOCKING, PostgresItems
from workloom.adapters.postgres.lease import PostgresLease
from workloom.adapters.postgres.locks import PostgresCaptured, PostgresLogins
from workloom.adapters.postgres.sessions import PostgresSessions, SessionsOfAStep
from workloom.adapters.tables.captured import Captured
from workloom.adapters.tables.contacts import ContactRows
from workloom.adapters.tables.lists import ListRows
from workloom.adapters.tables.logins import LoginRows, TokenRows
from workloom.adapters.tables.notes import NoteRows
from workloom.adapters.tables.records import CommandKeyRows, DocumentRows, PreferenceRows
from workloom.adapters.tables.sessions import SessionRows
from workloom.services.leases import Lease
from workloom.services.shards import EVERYTHING, Shard

_SQL: Final = {
    file: sql(file) for file in ("captured", "contacts", "due", "lists", "logins", "notes", "records", "sessions")
}


class Tables:
    """The groups by name. What differs between reading and writing is put in its place by the classes below."""

    def __init__(
        self, database: PostgresDatabase, frontier: Frontier, shard: Shard, *, locking: bool, whole: bool = False
    ) -> None:
        self.database = database
        self.items = PostgresItems(database, locking=locking)
        self.due = PostgresDue(database, _SQL["due"], self.items, shard)
        self.events = PostgresEvents(database, frontier, whole=whole)
        self.notes = NoteRows(database, _SQL["notes"])
        self.contacts = ContactRows(database, _SQL["contacts"])
        self.documents = DocumentRows(database, _SQL["records"])
        self.keys = CommandKeyRows(database, _SQL["records"])
        self.preferences = PreferenceRows(database, _SQL["records"])
        self.lists = ListRows(database, _SQL["lists"], self.contacts)
        self.tokens = TokenRows(database, _SQL["logins"])


class ReadingTables(Tables):
    """`ports.Reader`."""

    def __init__(self, database: PostgresDatabase, frontier: Frontier) -> None:
        super().__init__(database, frontier, EVERYTHING, locking=False)
        self.sessions = SessionRows(database, _SQL["sessions"])
        self.captured = Captured(database, _SQL["captured"])
        self.logins = LoginRows(database, _SQL["logins"])


class WritingTables(Tables):
    """`ports.Transaction` of a command, beside others or (`whole`) alone."""

    def __init__(self, database: PostgresDatabase, frontier: Frontier, shard: Shard, *, whole: bool) -> None:
        super().__init__(database, frontier, shard, locking=not whole, whole=whole)
        self.sessions = SessionsOfAStep(database) if whole else PostgresSessions(database)
        self.captured = PostgresCaptured(database, _SQL["captured"])
        self.logins = PostgresLogins(database, _SQL["logins"])
        if whole:
            database.foresee(Write(_SQL["records"]["version"]), self.due.of_streams())

    def foresee(self, session: str, *, key: str = "", item: str = "") -> None:
        """Everything in one trip, and in the order in which it is locked."""
        if not isinstance(self.sessions, PostgresSessions):
            return  # a step has read them all
        hold, whose = self.sessions.reads_of(session)
        records = _SQL["records"]
        version, answer = Write(records["version"]), Write(records["answer_of_session"], (session, key))
        row = Write(LOCKING["get"], (item,))
        wanted = [hold, whose, version, *([answer] if key else ()), *([row] if item else ())]
        found = dict(zip(wanted, self.database.read_ahead(wanted), strict=True))
        if key and found[whose]:
            person = found[whose][0][1]
            found[Write(records["answer"], (person, key))] = found[answer]
        for read in found.keys() - {hold, answer}:
            self.database.keep_ahead(read, found[read])

    def holds(self, lease: Lease) -> bool:
        """Whether the lease is ours."""
        return lease.confirmed(self.database) if isinstance(lease, PostgresLease) else lease.held()
