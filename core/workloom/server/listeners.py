"""Those who listen for news at this node, and the frames that they get."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Final, Protocol

from msgspec import Struct

from workloom.domain.events import Event
from workloom.server.pushing import binary_frame
from workloom.services.audience import Sees
from workloom.wire import Ended, encode

LARGEST_NEWS: Final = 262_144
"""Bytes after which a frame of news ends: clients bound what they take in one piece."""

Told = tuple[int, bytes]
"""Sequence of an event, and the event encoded."""


class Ear(Protocol):
    """Where a listener hears. Called in the thread of the sockets."""

    def offer(self, frame: bytes) -> None:
        """A whole WebSocket frame."""
        ...

    def end(self, ended: Ended) -> None:
        """The last thing to hear."""
        ...


class Listener:
    """One open socket. `ahead`: sequence that the client has seen at a node that was quicker than this one; else 0."""

    def __init__(self, ear: Ear, *, session: str, person: str, place: str, expires_at: datetime) -> None:
        self.ear = ear
        self.session = session
        self.person = person
        self.place = place
        self.expires_at = expires_at
        self.ahead = 0
        self.at = 0  # index in the backlog of the next entry to look at
        self.own: list[int] = []  # entries that concern the person, whatever the flags


class Entry(Struct, frozen=True):
    """An event that waits to be told: encoded once, and the flags by which it is known."""

    sequence: int
    body: bytes
    flags: Sees


class Backlog:
    """Events since the last time that everybody was told. Indexes go on when it is emptied."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._first = 0

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def end(self) -> int:
        """Index of the next entry."""
        return self._first + len(self._entries)

    def append(self, event: Event, flags: Sees) -> int:
        """Add an event; its index."""
        self._entries.append(Entry(event.sequence, encode(event), flags))
        return self.end - 1

    def clear(self) -> None:
        """Everybody was told."""
        self._first = self.end
        self._entries.clear()

    def told(self, indexes: Collection[int], after: int = 0) -> list[Told]:
        """The events of these indexes whose sequence is later than `after`."""
        found = (self._entries[index - self._first] for index in indexes)
        return [(entry.sequence, entry.body) for entry in found if entry.sequence > after]

    def known_by(self, flags: Sees, since: int) -> tuple[int, ...]:
        """Indexes from `since` on that somebody with these flags knows."""
        return tuple(
            index for index, entry in enumerate(self._entries[since - self._first :], since) if entry.flags & flags
        )


class Telling:
    """Makes the frames of one moment: who is to hear the same gets the same bytes."""

    def __init__(self, backlog: Backlog, last: int) -> None:
        self._backlog = backlog
        self._last = last
        self._shared: dict[tuple[int, Sees], tuple[int, ...]] = {}
        self._frames: dict[tuple[int, ...], tuple[bytes, ...]] = {}

    def frames_for(self, listener: Listener, flags: Sees) -> tuple[bytes, ...]:
        """What is new to the listener, who has heard it then."""
        key = (listener.at, flags)
        if key not in self._shared:
            self._shared[key] = self._backlog.known_by(flags, listener.at)
        indexes = self._shared[key]
        if listener.own and not set(listener.own).issubset(indexes):
            indexes = tuple(sorted({*indexes, *listener.own}))
        listener.own.clear()
        listener.at = self._backlog.end
        if not indexes:
            return ()
        if listener.ahead:
            return self._frames_for_one_ahead(listener, indexes)
        if indexes not in self._frames:
            self._frames[indexes] = framed(self._backlog.told(indexes), self._last)
        return self._frames[indexes]

    def _frames_for_one_ahead(self, listener: Listener, indexes: Collection[int]) -> tuple[bytes, ...]:
        told = self._backlog.told(indexes, after=listener.ahead)
        last = max(self._last, listener.ahead)
        if self._last >= listener.ahead:
            listener.ahead = 0
        return framed(told, last)


def framed(events: Sequence[Told], last: int) -> tuple[bytes, ...]:
    """WebSocket frames with these events, none much larger than `LARGEST_NEWS`; one at least."""
    return tuple(map(binary_frame, news(events, last)))


def news(events: Sequence[Told], last: int) -> Iterator[bytes]:
    """The JSON of one `News` or more with events that are encoded already."""
    bodies: list[bytes] = []
    size = 0
    for position, (sequence, body) in enumerate(events):
        bodies.append(body)
        size += len(body)
        if size >= LARGEST_NEWS and position + 1 < len(events):
            yield _news(bodies, sequence)
            bodies, size = [], 0
    yield _news(bodies, last)


def _news(bodies: list[bytes], last: int) -> bytes:
    return b'{"type":"news","events":[' + b",".join(bodies) + b'],"last":%d}' % last


Delivery = tuple[Listener, bytes | Ended]

Post = Callable[[list[Delivery]], None]
"""Brings deliveries to the thread of the sockets, in their order."""

NOBODY: Final = Sees(0)


def deliver(deliveries: list[Delivery]) -> None:
    """Give each listener what is for it."""
    for listener, what in deliveries:
        if isinstance(what, Ended):
            listener.ear.end(what)
        else:
            listener.ear.offer(what)
