"""What a source of work says: messages, and what is known of a source's item.

A message is identified by capture point, capture id and revision; the create by point and capture id alone, since there
is one for each item. Why the revision of a create does not count: docs/decisions/0009.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from workloom.domain.interaction import Value


class Verb(StrEnum):
    """What a message asks for. The first message about an unknown capture id creates its item whatever it asks."""

    CREATE = "create"
    UPDATE = "update"
    HOLD = "hold"
    RESUME = "resume"
    COMPLETE = "complete"
    CANCEL = "cancel"
    RESTART = "restart"


class Count(StrEnum):
    """What became of a message: each counts once."""

    CREATED = "created"
    UPDATED = "updated"
    COMPLETED = "completed"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


class Said(Struct, frozen=True, kw_only=True):
    """What a source says of an item. A key with None is cleared; a key that is not there is not spoken of.

    `fields` are `subject`, `priority`, `media_type`, `queue` and the names of `WorkItemAttributes`; an
    instant is ISO text.
    """

    fields: Mapping[str, str | int | None] = {}
    attached: Mapping[str, Value | None] = {}
    contact_key: str = ""
    contact: Mapping[str, str] = {}


class Message(Struct, frozen=True, kw_only=True):
    """One message of a source, read and checked."""

    point: str
    capture_id: str
    revision: str
    verb: Verb
    said: Said = Said()


class Known(Struct, frozen=True, kw_only=True):
    """What is known of a source's item, and what the source last said of it.

    `created` are revision and verb of the message that created it; `seen` are the revisions of those that followed,
    `revision` is the latest of them, empty if there are none.
    """

    item: str
    created: tuple[str, Verb]
    revision: str = ""
    seen: frozenset[str] = frozenset()
    said: Said = Said()

    def has(self, revision: str, verb: Verb) -> bool:
        """Whether this message was handled before.

        The row of the create that comes again behind older ones is a message of its own: its revision has its turn.
        """
        return revision in self.seen or ((revision, verb) == self.created and not is_older(self.revision, revision))

    def is_late(self, revision: str) -> bool:
        """Whether the message comes behind a newer one, as in an export that is sorted newest first.

        The revision of a create counts only where the create is the end of its item: else it says nothing about order.
        """
        created, verb = self.created
        ended = verb in (Verb.COMPLETE, Verb.CANCEL)
        return is_older(revision, self.revision) or (ended and is_older(revision, created))

    def precedes_create(self, revision: str) -> bool:
        """Whether a revision is older than that of the create, which alone says nothing: see decision 9."""
        return is_older(revision, self.created[0])


class Counts(Struct, frozen=True, kw_only=True):
    """How many rows became what; they sum to the rows."""

    created: int = 0
    updated: int = 0
    completed: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.created + self.updated + self.completed + self.unchanged + self.skipped + self.rejected


def is_older(revision: str, latest: str) -> bool:
    """Whether a revision came before the latest one: by number where both are numbers, else never.

    Revisions that are no numbers (a digest, a name) say nothing about order, so the order of arrival counts.
    """
    return revision.isdecimal() and latest.isdecimal() and int(revision) < int(latest)


def learned(known: Known, message: Message, *, taken: bool) -> Known:
    """What is known of the item once a message was handled.

    `taken` = what it says was carried over to the item; else (the item is finished) it stays to be carried over.
    A revision that is no number does not take the place of one: it says nothing about order.
    """
    if is_older(message.revision, known.revision):
        return known
    orders = message.revision.isdecimal() or not known.revision.isdecimal()
    latest = message.revision if orders else known.revision
    return replace(known, revision=latest, said=merged(known.said, message.said) if taken else known.said)


def merged(before: Said, now: Said) -> Said:
    """What the source has said so far: the newer message over the older ones."""
    return Said(
        fields={**before.fields, **now.fields},
        attached={**before.attached, **now.attached},
        contact_key=now.contact_key or before.contact_key,
        contact={**before.contact, **now.contact},
    )


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Keys that the source says otherwise than last time, with what it says now."""
    return {key: value for key, value in now.items() if before.get(key) != value}
