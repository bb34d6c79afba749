"""What one look of the newsroom tells to whom, on a real engine with a virtual clock."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from msgspec.structs import replace

from tests.contract.engine.office import Office, person, site
from workloom.domain.errors import StorageError
from workloom.domain.events import Event, EventKind
from workloom.domain.privileges import CONTACT_HISTORY, MY_HISTORY, USE_CHANNEL
from workloom.domain.site import Role
from workloom.server import listeners
from workloom.server.listeners import Listener
from workloom.server.metrics import Metrics
from workloom.server.newsroom import Newsroom, Rhythm
from workloom.server.pushing import binary_frame
from workloom.services.news import mark_of
from workloom.services.ports import Store
from workloom.services.ports_login import Token
from workloom.wire import Ended, News, decode_server_frame


class Hearing:
    """An ear that keeps what it hears."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.ended: Ended | None = None

    def offer(self, frame: bytes) -> None:
        self.frames.append(frame)

    def end(self, ended: Ended) -> None:
        self.ended = ended

    def take(self) -> list[News]:
        """The news heard since the last time."""
        frames, self.frames = self.frames, []
        return [news for news in map(read, frames) if isinstance(news, News)]


def read(frame: bytes) -> object:
    """What a WebSocket frame of the server says."""
    short = frame[1]
    begin = {126: 4, 127: 10}.get(short, 2)
    length = short if begin == 2 else int.from_bytes(frame[2:begin], "big")
    assert len(frame) == begin + length
    return decode_server_frame(frame[begin:])


class Failing:
    """The store of an office, whose snapshots fail at the call that one says: a database that goes away."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.fails_at = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A snapshot that counts what is asked of it."""
        with self._store.reading() as reader:
            yield Counting(reader, self.fails_at)


class Counting:
    """A reader, or a group of its tables."""

    def __init__(self, part: Any, left: int, calls: list[int] | None = None) -> None:
        self._part = part
        self._left = left
        self._calls = calls if calls is not None else [0]

    def __getattr__(self, name: str) -> Any:
        self._calls[0] += 1
        if self._left and self._calls[0] > self._left:
            raise StorageError("The database has gone away.")
        part = getattr(self._part, name)
        return part if callable(part) else Counting(part, self._left, self._calls)


class Room:
    """A newsroom that looks when the test says so."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.metrics = Metrics()
        engine = office.engine
        rhythm = Rhythm(together=1.0, heartbeat=100.0)
        self.failing = Failing(engine.store)
        store = cast("Store", self.failing)
        self.newsroom = Newsroom(store, engine.sites, office.clock, self.metrics, rhythm, office.clock.monotonic)

    def join(self, name: str, after: int | None = None, *, packed: bool = False) -> Hearing:
        """Somebody logs in and listens."""
        self.office.log_in(name)
        return self.listen(name, after, packed=packed)

    def listen(self, name: str, after: int | None = None, *, packed: bool = False) -> Hearing:
        """Somebody who is logged in listens."""
        hearing = Hearing()
        until = self.office.clock.now() + timedelta(hours=1)
        session = self.office.sessions[name]
        listener = Listener(hearing, session=session, person=name, place="desk-1", expires_at=until, packed=packed)
        self.newsroom.join(listener, after)
        return hearing

    def happen(self, **event: Any) -> int:
        """Something happens to an item; its sequence."""
        store = self.office.engine.store
        with store.transaction() as transaction:
            row = {"item": "item-1", **event}
            transaction.events.append([Event(at=self.office.clock.now(), kind=EventKind.READ, **row)])
        with store.reading() as reader:
            return reader.events.last()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    rights = {"agent": (), "lead": (CONTACT_HISTORY, MY_HISTORY)}
    roles = {name: Role(name=name, privileges=(USE_CHANNEL, *privileges)) for name, privileges in rights.items()}
    everybody = {name: person(name, roles=("lead",)) for name in ("ann", "bob", "dan")}
    office = Office(tmp_path, site(roles=roles, persons={**everybody, "cid": person("cid")}))
    yield Room(office)
    office.close()


def test_who_hears_the_same_gets_the_same_bytes(room: Room) -> None:
    ann, bob, cid = room.join("ann"), room.join("bob"), room.join("cid")
    room.office.clock.advance(2)
    room.newsroom.look()
    for hearing in (ann, bob, cid):
        hearing.take()
    room.happen()
    room.office.clock.advance(2)
    room.newsroom.look()
    assert ann.frames[0] is bob.frames[0]
    assert cid.frames == []


def test_what_many_hear_is_packed_once_for_those_who_read_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners, "MANY", 2)
    ann, bob, dan = room.join("ann", packed=True), room.join("bob", packed=True), room.join("dan")
    room.office.clock.advance(2)
    room.newsroom.look()
    for hearing in (ann, bob, dan):
        hearing.take()
    for _ in range(20):
        room.happen()
    room.office.clock.advance(2)
    room.newsroom.look()
    assert ann.frames[0] is bob.frames[0]
    assert len(ann.frames[0]) < len(dan.frames[0]) / 3
    assert ann.take() == dan.take() != []


def test_whom_an_event_names_hears_at_once_and_others_when_it_is_time_in_order(room: Room) -> None:
    ann, bob = room.join("ann"), room.join("bob")
    room.office.clock.advance(2)
    room.newsroom.look()
    for hearing in (ann, bob):
        hearing.take()
    first, second, third = room.happen(), room.happen(actor="ann"), room.happen()
    left = room.newsroom.look()
    assert [[event.sequence for event in news.events] for news in ann.take()] == [[first, second, third]]
    assert bob.take() == []
    assert 0 < left <= 0.2
    fourth = room.happen()
    room.office.clock.advance(1)
    room.newsroom.look()
    assert [[event.sequence for event in news.events] for news in ann.take()] == [[fourth]]
    (late,) = bob.take()
    assert [event.sequence for event in late.events] == [first, second, third, fourth]
    assert late.last == fourth


def test_a_client_that_has_seen_more_at_another_node_is_not_told_again(room: Room) -> None:
    room.join("bob")
    room.join("ann")
    room.office.clock.advance(2)
    room.newsroom.look()
    room.happen()
    seen = room.happen()  # read at another node, and not at this one yet
    again = room.listen("ann", after=seen)
    new = room.happen()
    room.office.clock.advance(2)
    room.newsroom.look()
    (news,) = again.take()
    assert ([event.sequence for event in news.events], news.last) == ([new], new)
    later = room.happen()
    room.office.clock.advance(2)
    room.newsroom.look()
    assert [[event.sequence for event in news.events] for news in again.take()] == [[later]]


def test_who_leaves_hears_nothing_more(room: Room) -> None:
    room.join("bob")
    ann = Hearing()
    room.office.log_in("ann")
    until = room.office.clock.now() + timedelta(hours=1)
    listener = Listener(ann, session=room.office.sessions["ann"], person="ann", place="", expires_at=until)
    room.newsroom.join(listener, None)
    room.newsroom.leave(listener)
    room.happen(actor="ann")
    room.office.clock.advance(2)
    room.newsroom.look()
    assert (ann.frames, ann.ended) == ([], None)


def test_what_cannot_be_read_for_a_moment_is_told_later_and_nothing_is_lost(room: Room) -> None:
    ann, bob = room.join("ann"), room.join("bob")
    room.office.clock.advance(2)
    room.newsroom.look()
    for hearing in (ann, bob):
        hearing.take()
    office, failing = room.office, room.failing
    office.engine.backend.services(office.sessions["ann"]).presence.log_off()
    told = [room.happen(item="item-9", person="bob") for _ in range(3)]
    for calls in range(1, 14):
        failing.fails_at = calls
        with suppress(StorageError):
            room.newsroom.look()
    failing.fails_at = 0
    office.clock.advance(2)
    room.newsroom.look()
    assert ann.ended is not None
    heard = [event.sequence for news in bob.take() for event in news.events]
    assert [sequence for sequence in heard if sequence in told] == told


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 300_000])
def test_frames_of_any_size_say_their_length(size: int) -> None:
    frame = binary_frame(b"x" * size)
    begin = 2 if size < 126 else 4 if size < 65_536 else 10
    assert frame[0] == 0x82
    assert frame[begin:] == b"x" * size
    assert not frame[1] & 0x80  # a server does not mask


def test_a_frame_of_news_is_what_the_client_reads(room: Room) -> None:
    bob = room.join("bob")
    room.office.clock.advance(2)
    room.newsroom.look()
    bob.take()
    sequence = room.happen(queue="claims", person="bob")
    room.newsroom.look()
    with room.office.engine.store.reading() as reader:
        (event,) = reader.events.after(sequence - 1, limit=1)
    assert bob.take() == [News(events=(event,), last=sequence, mark=mark_of(event))]
    assert msgspec.to_builtins(event)["queue"] == "claims"


def test_a_heartbeat_is_answered_here_for_who_listens_and_was_not_heard_to_end(room: Room) -> None:
    room.join("ann")
    token = token_of(room, "ann")
    assert room.newsroom.heartbeat_of(token) is None, "nothing was read yet"
    room.newsroom.look()
    assert room.newsroom.heartbeat_of(token) == room.office.engine.configuration.site().timers.heartbeat
    assert room.newsroom.heartbeat_of(replace(token, session="another")) is None
    assert room.newsroom.heartbeat_of(replace(token, person="bob")) is None
    room.office.clock.advance(1)
    assert room.newsroom.heartbeat_of(token) is None, "what was read is too old"
    room.newsroom.look()
    assert room.newsroom.heartbeat_of(token) is not None
    room.newsroom.forget(replace(token, session="another"))
    assert room.newsroom.heartbeat_of(token) is not None
    room.newsroom.forget(token)
    assert room.newsroom.heartbeat_of(token) is None, "the session has ended at this node"


def test_a_heartbeat_is_not_answered_here_when_the_session_has_ended_elsewhere(room: Room) -> None:
    room.join("ann")
    token = token_of(room, "ann")
    room.newsroom.look()
    assert room.newsroom.heartbeat_of(token) is not None
    room.office.log_in("ann")
    room.newsroom.look()
    assert room.newsroom.heartbeat_of(token) is None


def token_of(room: Room, name: str) -> Token:
    """What the desktop of somebody shows."""
    now = room.office.clock.now()
    return Token(session=room.office.sessions[name], person=name, issued_at=now, expires_at=now + timedelta(hours=1))
