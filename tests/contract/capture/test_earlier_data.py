"""What an earlier schema kept of messages is known further on."""

import sqlite3

from workloom.adapters.sqlite.database import FOLDER
from workloom.adapters.sqlite.migrate import migrate
from workloom.adapters.sqlite.tables import Tables
from workloom.adapters.tables.migrations import migrations
from workloom.domain.capture_messages import Verb


def test_messages_kept_before_a_create_was_known_by_its_id_stay_known() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    first = migrations(FOLDER)[0]
    connection.executescript(first.sql)
    connection.execute("INSERT INTO capture_item VALUES ('desk', 'A', 'i1', '2', '{}')")
    for revision, verb in (("1", "update"), ("2", "complete")):
        connection.execute("INSERT INTO capture_message VALUES ('desk', 'A', ?, ?)", (revision, verb))
    connection.execute("CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT, checksum TEXT)")
    connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (first.number, first.name, first.checksum))
    migrate(connection, "memory")
    known = Tables(connection).captured.known("desk", "A")
    connection.close()
    assert known is not None
    assert known.has("1", Verb.UPDATE)
    assert known.has("2", Verb.COMPLETE)
    assert not known.has("3", Verb.COMPLETE)
