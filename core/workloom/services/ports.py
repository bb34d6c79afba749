"""What the services need of a store.

`Store.reading()` gives a snapshot, `Store.transaction()` a write transaction. Both are grouped by what they hold
(`tables.items`, `tables.events` …). Every function of a store raises `StorageError` kinds, and a transaction that
raises leaves nothing behind.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from workloom.domain.capture_messages import Known, Message
from workloom.domain.contact import Contact
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction, Note
from workloom.services.leases import Lease
from workloom.services.ports_due import DueReader, Reservation
from workloom.services.ports_login import LoginTable, TokenReader, TokenTable
from workloom.services.ports_reading import ListReader
from workloom.services.ports_sessions import SessionReader, Sessions
from workloom.services.shards import EVERYTHING, Shard


class ItemReader(Protocol):
    """Items, as the snapshot has them."""

    def get(self, item: str) -> Interaction | None: ...
    def by_external(self, capture_point: str, external_id: str) -> Interaction | None:
        """The newest item that a capture point made for this id of the source."""
        ...

    def open_of(self, person: str) -> tuple[Interaction, ...]:
        """Items with the person, oldest assignment first."""
        ...

    def offered_to(self, person: str) -> tuple[Interaction, ...]:
        """Items offered to the person, oldest offer first."""
        ...

    def loads(self) -> Mapping[str, Mapping[str, int]]:
        """For each person who has any: items in work and offered, by media type."""
        ...

    def was_party(self, item: str, person: str) -> bool:
        """Whether the person has ever had the item."""
        ...

    def parties(self, item: str) -> tuple[str, ...]:
        """Everybody who has ever had the item, in alphabetical order."""
        ...


class Items(ItemReader, Protocol):
    """Items in a write transaction."""

    def insert(self, item: Interaction) -> None:
        """Keep a new item."""
        ...

    def save(self, item: Interaction, *, before: Interaction) -> None:
        """Put the record in the place of `before`, as it was read. Raises Stale if its fence is another by now."""
        ...

    def reserve(self, reservations: Sequence[Reservation]) -> None:
        """Offer items that wait, each once. Raises Stale if one does not wait any more, or its fence is another."""
        ...


class Touched(Struct, frozen=True):
    """Whom events name; how many were looked at, and the sequence of the last of them, 0 if there are none."""

    names: frozenset[str]
    last: int
    events: int


class EventReader(Protocol):
    """What has happened."""

    def last(self) -> int: ...
    def given(self) -> int:
        """The greatest sequence that was ever given to an event: nobody can have seen a later one of this log."""
        ...

    def after(self, sequence: int, *, limit: int) -> tuple[Event, ...]: ...
    def of_item(self, item: str) -> tuple[Event, ...]: ...
    def touched(self, sequence: int, *, limit: int, without: EventKind) -> Touched:
        """Whom the events after `sequence` name, as persons and actors, but for those of a kind.

        At most so many events are looked at.
        """
        ...


class EventLog(EventReader, Protocol):
    """What has happened, and what happens now."""

    def append(self, events: Iterable[Event]) -> None:
        """Add rows; the sequence is given here."""
        ...


class NoteReader(Protocol):
    """Notes of items."""

    def of_item(self, item: str) -> tuple[Note, ...]: ...


class Notes(NoteReader, Protocol):
    """Notes in a write transaction."""

    def insert(self, note: Note) -> None: ...


class ContactReader(Protocol):
    """Contacts by id and by the key of their source."""

    def get(self, contact: str) -> Contact | None: ...
    def by_key(self, tenant: str, key: str) -> Contact | None: ...


class ContactTable(ContactReader, Protocol):
    """Contacts in a write transaction."""

    def save(self, contact: Contact) -> None:
        """Insert or replace, with its attributes and what can be searched."""
        ...


class DocumentReader(Protocol):
    """The configuration as JSON documents."""

    def version(self) -> int:
        """Rises with each change; 0 = no site yet."""
        ...

    def all(self) -> tuple[tuple[str, str, bytes], ...]:
        """(kind, name, body) in the order in which they were written."""
        ...


class Documents(DocumentReader, Protocol):
    """The configuration in a write transaction."""

    def replace(self, documents: Iterable[tuple[str, str, bytes]]) -> int:
        """Put these in the place of all; returns the new version."""
        ...


class KeyedAnswer(Struct, frozen=True, kw_only=True):
    """The answer that a command with this key has been given, both as JSON."""

    command: bytes
    result: bytes


class CommandKeys(Protocol):
    """Idempotency keys of a person's commands, kept for a day."""

    def get(self, person: str, key: str) -> KeyedAnswer | None: ...
    def insert(self, person: str, key: str, answer: KeyedAnswer, at: datetime) -> None: ...
    def prune(self, before: datetime) -> None: ...


class CapturedReader(Protocol):
    """What is known of the items of capture points, and which messages about them were handled."""

    def known(self, point: str, capture_id: str) -> Known | None:
        """What is known of a source's item; None = the capture id is unknown."""
        ...


class Captured(CapturedReader, Protocol):
    """The same in a write transaction."""

    def taking(self, point: str, capture_ids: Collection[str]) -> None:
        """Several items are to be worked on, in any order: who says so first waits for no one who waits for it."""
        ...

    def remember(self, message: Message, known: Known) -> None:
        """Keep that the message was handled, and what is known now (`seen` apart: it follows from the messages)."""
        ...


class PreferenceReader(Protocol):
    """Small things kept for a person: favourites, recent targets, lists."""

    def get(self, person: str, key: str) -> bytes | None: ...


class Preferences(PreferenceReader, Protocol):
    """Preferences in a write transaction."""

    def put(self, person: str, key: str, body: bytes) -> None: ...


class Reader(Protocol):
    """A snapshot of everything."""

    @property
    def items(self) -> ItemReader: ...
    @property
    def due(self) -> DueReader: ...
    @property
    def events(self) -> EventReader: ...
    @property
    def sessions(self) -> SessionReader: ...
    @property
    def notes(self) -> NoteReader: ...
    @property
    def contacts(self) -> ContactReader: ...
    @property
    def documents(self) -> DocumentReader: ...
    @property
    def preferences(self) -> PreferenceReader: ...
    @property
    def captured(self) -> CapturedReader: ...
    @property
    def lists(self) -> ListReader: ...
    @property
    def tokens(self) -> TokenReader: ...


class Transaction(Reader, Protocol):
    """A write transaction: it sees its own changes, and all of them are kept or none."""

    def holds(self, lease: Lease) -> bool:
        """Whether this process still has the lease: False where it has slept through its end."""
        ...

    def foresee(self, session: str, *, key: str = "", item: str = "") -> None:
        """Say first what the transaction is about to get: a session, the version of the site, the answer to a key of
        the session's person, an item. It changes nothing but the time: a store that is far away reads it in one trip.
        """
        ...

    @property
    def items(self) -> Items: ...
    @property
    def events(self) -> EventLog: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def contacts(self) -> ContactTable: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def keys(self) -> CommandKeys: ...
    @property
    def captured(self) -> Captured: ...
    @property
    def preferences(self) -> Preferences: ...
    @property
    def logins(self) -> LoginTable: ...
    @property
    def tokens(self) -> TokenTable: ...


class Store(Protocol):
    """Where everything is kept."""

    def transaction(self, *, whole: bool = False, shard: Shard = EVERYTHING) -> AbstractContextManager[Transaction]:
        """Begin a write transaction. Committed when the block ends without a raise.

        Where a store lets several run beside each other, they wait for each other by what they read: whatever
        `items` and `sessions` give stays as it is until the end. `whole` is for one that looks at everything: it
        waits for all others to end, and they for it; its `due` is that of the shard. StorageConflict when two could
        only wait for each other: made again, the change finds its way (`services.again`).
        """
        ...

    @property
    def ahead(self) -> "Store":
        """The same store for what no request of others may hold up: signs of life, and telling the news."""
        ...

    def reading(self) -> AbstractContextManager[Reader]:
        """A snapshot for the length of the block."""
        ...

    def events_after(self, sequence: int, *, limit: int) -> tuple[Event, ...]:
        """Events after `sequence` as of now, oldest first: as a snapshot gives them, where nothing else is asked of it.

        A snapshot that is taken afterwards knows at least as much.
        """
        ...

    def lease(self, shard: Shard = EVERYTHING) -> Lease:
        """The right of this process to dispatch the shard, not asked for yet."""
        ...

    def on_commit(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each commit that appended events, in the thread of the commit; returns the undo.

        A store of many processes also calls it, from a thread of its own, when it hears of one elsewhere.
        """
        ...

    def changed_elsewhere(self) -> bool:
        """Whether another process has committed events since the last call. Our own commits may count too."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
