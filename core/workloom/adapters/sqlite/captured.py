"""Items and messages of capture points in SQLite."""

import sqlite3

from msgspec import json

from workloom.adapters.sqlite.statements import statements
from workloom.adapters.sqlite.values import json_text
from workloom.domain.capture_messages import Known, Message, Said, Verb

_SQL = statements("captured")
_decode = json.Decoder(Said).decode


class SqliteCaptured:
    """`ports.Captured`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def known(self, point: str, capture_id: str) -> Known | None:
        row = self._connection.execute(_SQL["known"], (point, capture_id)).fetchone()
        if row is None:
            return None
        seen = self._connection.execute(_SQL["seen"], (point, capture_id))
        return Known(
            item=row["item"],
            revision=row["revision"],
            created=(row["created_revision"], Verb(row["created_verb"])),
            seen=frozenset(message["revision"] for message in seen),
            said=_decode(row["said"]),
        )

    def remember(self, message: Message, known: Known) -> None:
        key = (message.point, message.capture_id)
        if known.revision:  # else it is the create, which is known by the item alone
            self._connection.execute(_SQL["keep_message"], (*key, message.revision, message.verb.value))
        self._connection.execute(
            _SQL["keep_item"], (*key, known.item, known.revision, *known.created, json_text(known.said))
        )
