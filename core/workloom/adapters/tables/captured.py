"""Items and messages of capture points."""

from collections.abc import Collection

from msgspec import json

from workloom.adapters.tables.database import Database
from workloom.adapters.tables.statements import Statements
from workloom.adapters.tables.values import json_text
from workloom.domain.capture_messages import Known, Message, Said, Verb

_decode = json.Decoder(Said).decode


class Captured:
    """`ports.Captured`."""

    def __init__(self, database: Database, sql: Statements) -> None:
        self._database = database
        self._sql = sql

    def known(self, point: str, capture_id: str) -> Known | None:
        row = self._database.row(self._sql["known"], (point, capture_id))
        if row is None:
            return None
        item, revision, created_revision, created_verb, said = row
        seen = self._database.rows(self._sql["seen"], (point, capture_id))
        return Known(
            item=item,
            revision=revision,
            created=(created_revision, Verb(created_verb)),
            seen=frozenset(message[0] for message in seen),
            said=_decode(said),
        )

    def taking(self, point: str, capture_ids: Collection[str]) -> None:
        """Nothing to do where there is one writer at a time."""

    def remember(self, message: Message, known: Known) -> None:
        key = (message.point, message.capture_id)
        if known.revision:  # else it is the create, which is known by the item alone
            self._database.write(self._sql["keep_message"], (*key, message.revision, message.verb.value))
        self._database.write(
            self._sql["keep_item"], (*key, known.item, known.revision, *known.created, json_text(known.said))
        )
