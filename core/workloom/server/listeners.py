"""Those who listen for news at this node, and the frames that they get."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, Protocol

from workloom.domain.events import Event
from workloom.server.pushing import binary_frame
from workloom.services.audience import Sees
from workloom.wire import Ended, encode, pack

LARGEST_NEWS: Final = 262_144
"""Bytes after which a frame of news ends: clients bound what they take in one piece."""

MANY: Final = 4
"""Listeners for whom packing pays: what is sent less costs them and the network more than the node once."""

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
    """One open socket. `ahead`: sequence that the client has seen at a node that was quicker than this one; else 0.

    `packed`: whether the client reads packed frames. `is_over`: its session has ended at this node, and the event that
    says so is still to be told.
    """

    def __init__(
        self, ear: Ear, *, session: str, person: str, place: str, expires_at: datetime, packed: bool = False
    ) -> None:
        self.ear = ear
        self.session = session
        self.person = person
        self.place = place
        self.expires_at = expires_at
        self.packed = packed
        self.is_over = False
        self.ahead = 0
        self.at = 0  # index in the backlog of the next entry to look at
        self.own: list[int] = []  # entries that concern the person, whatever the flags


class Backlog:
    """Events since the last time that everybody was told, each encoded once, with the flags by which it is known.

    Indexes go on when it is emptied.
    """

    def __init__(self) -> None:
        self._told: list[Told] = []
        self._flags: list[int] = []  # plain numbers: there are many, and an enum takes ten times as long to ask
        self._first = 0

    def __len__(self) -> int:
        return len(self._told)

    @property
    def end(self) -> int:
        """Index of the next entry."""
        return self._first + len(self._told)

    def append(self, event: Event, flags: Sees) -> int:
        """Add an event; its index."""
        self._told.append((event.sequence, encode(event)))
        self._flags.append(int(flags))
        return self.end - 1

    def clear(self) -> None:
        """Everybody was told."""
        self._first = self.end
        self._told.clear()
        self._flags.clear()

    def told(self, indexes: Iterable[int]) -> list[Told]:
        """The events of these indexes."""
        return [self._told[index - self._first] for index in indexes]

    def known_by(self, flags: int) -> list[int]:
        """Indexes that somebody with these flags knows."""
        return [index for index, known in enumerate(self._flags, self._first) if known & flags]


class Telling:
    """Makes the frames of one moment: who is to hear the same gets the same bytes.

    What many hear and read packed is packed, once for all of them.
    """

    def __init__(self, backlog: Backlog, last: int, mark: str) -> None:
        self._backlog = backlog
        self._last = last
        self._mark = mark
        self._known: dict[int, list[int]] = {}
        self._groups: dict[tuple[int, ...], list[Listener]] = {}
        self._alone: list[tuple[Listener, tuple[bytes, ...]]] = []

    def add(self, listener: Listener, flags: Sees) -> None:
        """What is new to this one is told now."""
        bits = int(flags)
        known = self._known.get(bits)
        if known is None:
            known = self._known[bits] = self._backlog.known_by(bits)
        indexes = tuple(known[bisect_left(known, listener.at) :])
        if listener.own and not set(listener.own).issubset(indexes):
            indexes = tuple(sorted({*indexes, *listener.own}))
        listener.own.clear()
        listener.at = self._backlog.end
        if not indexes:
            return
        if listener.ahead:
            self._alone.append((listener, self._frames_for_one_ahead(listener, indexes)))
        else:
            self._groups.setdefault(indexes, []).append(listener)

    def deliveries(self) -> Iterator[tuple[Listener, bytes]]:
        """Who is to hear what, each in its order."""
        for listener, frames in self._alone:
            for frame in frames:
                yield listener, frame
        for indexes, listeners in self._groups.items():
            events = self._backlog.told(indexes)
            plain: tuple[bytes, ...] = ()
            small: tuple[bytes, ...] = ()
            many = sum(listener.packed for listener in listeners) >= MANY
            for listener in listeners:
                if many and listener.packed:
                    small = small or framed(events, self._last, self._mark, packed=True)
                else:
                    plain = plain or framed(events, self._last, self._mark)
                for frame in small if many and listener.packed else plain:
                    yield listener, frame

    def _frames_for_one_ahead(self, listener: Listener, indexes: Iterable[int]) -> tuple[bytes, ...]:
        told = [event for event in self._backlog.told(indexes) if event[0] > listener.ahead]
        last = max(self._last, listener.ahead)
        if self._last >= listener.ahead:
            listener.ahead = 0
        return framed(told, last, self._mark if last == self._last else "")


def framed(events: Sequence[Told], last: int, mark: str, *, packed: bool = False) -> tuple[bytes, ...]:
    """WebSocket frames with these events, none much larger than `LARGEST_NEWS`; one at least."""
    bodies = news(events, last, mark)
    return tuple(map(binary_frame, map(pack, bodies) if packed else bodies))


def news(events: Sequence[Told], last: int, mark: str) -> Iterator[bytes]:
    """The JSON of one `News` or more with events that are encoded already. `mark`: of `last`, "" if it is not known."""
    bodies: list[bytes] = []
    size = 0
    for position, (sequence, body) in enumerate(events):
        bodies.append(body)
        size += len(body)
        if size >= LARGEST_NEWS and position + 1 < len(events):
            yield _news(bodies, sequence, "")
            bodies, size = [], 0
    yield _news(bodies, last, mark)


def _news(bodies: list[bytes], last: int, mark: str) -> bytes:
    known = b',"mark":"%s"' % mark.encode() if mark else b""
    return b'{"type":"news","events":[' + b",".join(bodies) + b'],"last":%d%s}' % (last, known)


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
