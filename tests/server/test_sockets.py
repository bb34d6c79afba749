"""A desktop hears what it may know, once and in order, from where it left; and is told why it hears no more."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from socket import SO_RCVBUF, SOL_SOCKET, socket
from time import monotonic

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.contract.engine.office import person, site, without
from tests.server.nodes import Desk, ServedNode, served, wait_until
from tests.server.sockets import listening, open_socket
from workloom.domain.commands import AddNote, MarkDone, Pull
from workloom.domain.errors import EventsMissed
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import State
from workloom.domain.presence import Presence
from workloom.domain.privileges import (
    CONTACT_HISTORY,
    INTERACTION_SEARCH,
    MANAGEMENT_USE,
    PULL_FROM_QUEUE,
)
from workloom.services.digests import digest
from workloom.services.ports_login import Token
from workloom.wire import Hello, News, Ping, Pong, encode

WIDE = (CONTACT_HISTORY, INTERACTION_SEARCH, MANAGEMENT_USE, PULL_FROM_QUEUE)
SOON = 1.0
"""Seconds within which a revocation must act; measured against ten times as many."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedNode]:
    with served(
        tmp_path_factory.mktemp("node"), site(), person_rate=1e4, person_burst=1e4, socket_hello=0.5
    ) as running:
        yield running


@pytest.fixture(autouse=True)
def _usual_site(node: ServedNode) -> None:
    node.apply(site())


def last(node: ServedNode) -> int:
    with node.node.engine.store.reading() as reader:
        return reader.events.last()


def test_what_happens_is_told_as_it_happens_with_the_same_words_as_on_request(node: ServedNode) -> None:
    ann = node.log_in("ann")
    with listening(node, ann) as heard:
        begin = last(node)
        item = node.submit("heard-1")
        ann.call("items.execute", Pull(item=item))
        ann.call("items.execute", AddNote(item=item, text="Hello."))
        ann.call("items.execute", MarkDone(item=item))
        told = heard.events(last(node))
    assert [event.kind for event in told] == [
        EventKind.SUBMITTED,
        EventKind.PULLED,
        EventKind.NOTE_ADDED,
        EventKind.DONE,
    ]
    assert tuple(told) == ann.call("events.after", begin)


def test_a_desktop_that_comes_back_is_told_what_it_has_missed_and_goes_on(node: ServedNode) -> None:
    ann = node.log_in("ann")
    begin = last(node)
    missed = [node.submit(f"missed-{number}") for number in range(1_100)]
    with open_socket(node) as heard:
        assert heard.say(Hello(version=1, token=ann.token, after=begin)).welcome().last == begin
        told = heard.events(last(node))
        assert [event.item for event in told] == missed
        assert [event.sequence for event in told] == sorted({event.sequence for event in told})
        node.submit("after-that")
        assert [event.item for event in heard.events(last(node))] == ["after-that"]


def test_each_hears_only_what_the_privileges_allow(node: ServedNode) -> None:
    node.apply(without(*WIDE))
    ann, cid = node.log_in("ann"), node.log_in("cid")
    with listening(node, ann) as hers, listening(node, cid) as his:
        begin = last(node)
        node.submit("secret-1", assigned_to="ann", session=ann.session, state=State.HANDLING)
        ann.call("items.execute", AddNote(item="secret-1", text="Only for Ann."))
        ann.call("presence.set_state", Presence.NOT_READY)
        until = last(node)
        told = {"ann": hers.events(until), "cid": his.events(until)}
    assert EventKind.NOTE_ADDED in [event.kind for event in told["ann"]]
    assert {event.kind for event in told["cid"]} == {EventKind.CHANNEL_CHANGED}
    for name, desk in (("ann", ann), ("cid", cid)):
        assert tuple(told[name]) == desk.call("events.after", begin)


def test_a_role_that_is_taken_holds_on_open_sockets(node: ServedNode) -> None:
    cid = node.log_in("cid")
    with listening(node, cid) as heard:
        node.apply(without(*WIDE))
        begun = monotonic()
        assert [event.kind for event in heard.events(last(node))] == [EventKind.SITE_APPLIED]
        assert monotonic() - begun < SOON * 10
        node.submit("secret-2")
        cid.call("presence.set_state", Presence.NOT_READY)
        assert {event.kind for event in heard.events(last(node))} == {EventKind.CHANNEL_CHANGED}


@pytest.mark.parametrize("how", ["token", "person", "log-off", "elsewhere", "disabled"])
def test_who_is_revoked_hears_why_and_nothing_more(node: ServedNode, how: str) -> None:
    ann = node.log_in("ann")
    tokens = node.node.container.tokens()
    with listening(node, ann) as heard:
        begun = monotonic()
        if how == "person":
            tokens.end_sessions("ann")
        elif how == "token":
            tokens.revoke(ann.token)
        elif how == "log-off":
            ann.call("presence.log_off")
        elif how == "elsewhere":
            node.log_in("ann")
        else:
            node.apply(site(persons={**site().persons, "ann": person("ann", enabled=False)}))
        ended = heard.ended()
        assert monotonic() - begun < SOON * 10
        assert (ended.problem.slug, ended.again) == ("session-ended", False)
        with pytest.raises(ConnectionClosed):
            heard.hear()


def test_a_token_that_expires_ends_its_socket_as_soon_as_one_that_is_revoked(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with served(tmp_path_factory.mktemp("short"), site(), socket_heartbeat=60.0) as node:
        ann = node.log_in("ann")
        soon = datetime.now(UTC) + timedelta(seconds=0.5)
        with node.node.engine.store.transaction() as transaction:
            transaction.tokens.delete(digest(ann.token))
            short = Token(session=ann.session, person="ann", issued_at=soon, expires_at=soon)
            transaction.tokens.insert(digest(ann.token), short)
        with listening(node, ann) as heard:
            assert heard.ended().problem.slug == "session-ended"
            assert (datetime.now(UTC) - soon).total_seconds() < SOON * 10


def test_a_newer_socket_takes_the_place_of_the_former(node: ServedNode) -> None:
    ann = node.log_in("ann")
    with listening(node, ann) as former, listening(node, ann) as newer:
        assert former.ended().problem.slug == "refused"
        node.submit("for-the-newer")
        assert newer.events(last(node))[-1].item == "for-the-newer"


def test_a_desktop_is_answered_and_hears_from_time_to_time_that_nothing_is_new(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with (
        served(tmp_path_factory.mktemp("beat"), site(), socket_heartbeat=0.1) as node,
        listening(node, node.log_in("ann")) as heard,
    ):
        told = heard.hear()
        assert isinstance(told, News)
        assert (told.events, told.last) == ((), last(node))
        assert told.mark.startswith(f"{told.last}."), "it knows the log again by the event up to which all was told"
        heard.say(Ping())
        assert Pong() in [heard.hear() for _ in range(4)]


@pytest.mark.parametrize(
    ("said", "slug"),
    [
        (b"", "bad-input"),
        (b"\xff\xfe", "bad-input"),
        ("{", "bad-input"),
        ('{"type": "shout"}', "bad-input"),
        (encode(Ping()), "bad-input"),
        (encode(Hello(version=99, token="t")), "wrong-version"),
        ('{"type": "hello", "version": 99, "token": {"of": "tomorrow"}, "what": "nobody knows yet"}', "wrong-version"),
        ('{"type": "hello", "version": 0}', "wrong-version"),
        ('{"type": "hello", "version": 2, "what": "nobody knows yet"}', "bad-input"),
        (encode(Hello(version=1)), "session-ended"),
        (encode(Hello(version=1, token="token-404")), "session-ended"),
        (b" " * 5_000, "bad-input"),
        ('{"type": "hello", "version": 1, "after": -9223372036854775809}', "bad-input"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_bad_first_frame_is_answered_and_ends_the_socket(node: ServedNode, said: str | bytes, slug: str) -> None:
    with open_socket(node) as heard:
        heard.say(said)
        ended = heard.ended()
        assert ended.problem.slug == slug
        assert ended.problem.detail
        assert heard.close_code() == 1008
        if slug == "wrong-version":
            assert ended.problem.versions == (1, 2)
            assert ("newer than" in ended.problem.detail) is ("99" in str(said))


def test_a_desktop_of_version_1_is_still_understood(node: ServedNode) -> None:
    ann = node.log_in("ann")
    with open_socket(node) as heard:
        heard.say(f'{{"type": "hello", "version": 1, "token": "{ann.token}", "after": 0}}').welcome()
        assert heard.events(last(node))


@pytest.mark.parametrize("said", [encode(Hello(version=1)), '{"type": "news", "last": 1}', b"[]", "x" * 60_000])
def test_a_bad_later_frame_ends_the_socket_and_the_session_goes_on(node: ServedNode, said: str | bytes) -> None:
    ann = node.log_in("ann")
    with listening(node, ann) as heard:
        heard.say(said)
        assert heard.ended().problem.slug == "bad-input"
    assert ann.call("presence.session").person == "ann"


def test_a_frame_larger_than_any_is_cut_off_and_is_no_fault_of_the_node(
    node: ServedNode, caplog: pytest.LogCaptureFixture
) -> None:
    with listening(node, node.log_in("ann")) as heard:
        heard.say("x" * 100_000)
        assert heard.close_code() == 1009
    wait_until(lambda: "workloom_sockets 0.0" in node.http.get("/metrics").text)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_who_says_nothing_is_not_kept(node: ServedNode) -> None:
    with open_socket(node) as heard:
        assert heard.ended().problem.slug == "session-ended"


def test_a_flood_of_those_who_say_nothing_keeps_nobody_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    with (
        served(tmp_path_factory.mktemp("flood"), site(), socket_unknown=3, socket_hello=60.0) as node,
        ExitStack() as stack,
    ):
        ann = node.log_in("ann")
        silent = [stack.enter_context(open_socket(node)) for _ in range(9)]
        ends = [socket.ended() for socket in silent[:6]]
        assert {(each.problem.slug, each.again) for each in ends} == {("too-often", True)}
        with listening(node, ann) as heard:
            node.submit("heard")
            assert [event.item for event in heard.events(last(node))] == ["heard"]
        with pytest.raises(TimeoutError):
            silent[-1].hear(0.2)


@pytest.fixture(scope="module")
def forgetful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedNode]:
    """A node that tells only ten events to those who have missed some."""
    with served(tmp_path_factory.mktemp("forgetful"), site(), socket_catch_up=10) as running:
        yield running


def test_who_is_far_behind_is_told_to_read_all_anew_and_goes_on_from_there(forgetful: ServedNode) -> None:
    ann = forgetful.log_in("ann")
    begin = last(forgetful)
    for number in range(11):
        forgetful.submit(f"missed-{number}")
    with open_socket(forgetful) as heard:
        welcome = heard.say(Hello(version=1, token=ann.token, after=begin)).welcome()
        assert (welcome.anew, welcome.last) == (True, last(forgetful))
        forgetful.submit("from-here")
        assert [event.item for event in heard.events(last(forgetful))] == ["from-here"]
    with pytest.raises(EventsMissed):
        ann.call("events.after", begin)
    nearer = last(forgetful) - 10
    assert len(ann.call("events.after", nearer)) == 10
    with open_socket(forgetful) as heard:
        assert not heard.say(Hello(version=1, token=ann.token, after=nearer)).welcome().anew
        assert len(heard.events(last(forgetful))) == 10


@pytest.mark.parametrize("beyond", [1, 2**62])
def test_who_has_seen_more_than_ever_was_reads_all_anew_and_hears_on(forgetful: ServedNode, beyond: int) -> None:
    ann = forgetful.log_in("ann")
    end = last(forgetful)
    with open_socket(forgetful) as heard:
        welcome = heard.say(Hello(version=1, token=ann.token, after=end + beyond)).welcome()
        assert (welcome.anew, welcome.last) == (True, end)
        forgetful.submit(f"beyond-{beyond}")
        assert [event.item for event in heard.events(last(forgetful))] == [f"beyond-{beyond}"]
    with pytest.raises(EventsMissed):
        ann.call("events.after", last(forgetful) + beyond)


@pytest.mark.parametrize("after", [2**62, -5, 0])
def test_a_place_that_never_was_does_no_harm(node: ServedNode, after: int) -> None:
    ann = node.log_in("ann")
    with listening(node, ann, after) as heard:
        node.submit(f"after-{after}")
        frame = heard.hear()
        assert isinstance(frame, News)


def test_an_address_that_is_no_socket_is_refused(node: ServedNode) -> None:
    with pytest.raises(InvalidStatus), open_socket(node, "/desktop/v1/nothing"):
        pass


def test_the_header_may_carry_the_token(node: ServedNode) -> None:
    ann = node.log_in("ann")
    with open_socket(node, Authorization=f"Bearer {ann.token}") as heard:
        heard.say(Hello(version=1)).welcome()


def test_a_node_that_stops_tells_its_desktops_to_move(tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory.mktemp("stop"), site()) as node:
        ann = node.log_in("ann")
        with listening(node, ann) as heard:
            node.server.should_exit = True
            ended = heard.ended()
            assert (ended.problem.slug, ended.again) == ("service-failed", True)
            assert heard.close_code() == 1012


def test_a_desktop_that_does_not_read_is_cut_off_and_others_hear_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with served(tmp_path_factory.mktemp("slow"), site(), socket_waiting=100_000, news_together=0) as node:
        ann, bob = node.log_in("ann"), node.log_in("bob")
        begin = last(node)
        with listening(node, bob) as quick, stuck_socket(node, ann) as stuck:
            store = node.node.engine.store
            large = Event(at=datetime.now(UTC), kind=EventKind.READ, actor="ann", detail={"text": "x" * 60_000})
            for _ in range(200):
                with store.transaction() as transaction:
                    transaction.events.append([large])
                if 'reason="too-often"' in node.http.get("/metrics").text:
                    break
            assert 'workloom_sockets_ended_total{reason="too-often"} 1.0' in node.http.get("/metrics").text
            wait_until(lambda: "workloom_sockets 1.0" in node.http.get("/metrics").text)
            assert stuck.fileno() >= 0
            node.submit("heard-by-bob")
            assert "heard-by-bob" in [event.item for event in quick.events(last(node))]
        missed = last(node) - begin
        with open_socket(node) as again:
            again.say(Hello(version=1, token=ann.token, after=begin)).welcome()
            assert len(again.events(last(node))) == missed


@contextmanager
def stuck_socket(node: ServedNode, desk: Desk) -> Iterator[socket]:
    """A welcomed socket from which nobody reads."""
    plain = socket()
    plain.setsockopt(SOL_SOCKET, SO_RCVBUF, 4_096)
    plain.settimeout(10)
    plain.connect(("127.0.0.1", int(node.url.rpartition(":")[2])))
    lines = (
        "GET /desktop/v1/events HTTP/1.1",
        "Host: node",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
    plain.sendall("\r\n".join((*lines, "", "")).encode())
    assert b"101" in plain.recv(1_000)
    hello = encode(Hello(version=1, token=desk.token))
    plain.sendall(bytes((0x82, 0x80 | 126)) + len(hello).to_bytes(2, "big") + bytes(4) + hello)  # a mask of zeros
    assert b"welcome" in plain.recv(1_000)
    try:
        yield plain
    finally:
        plain.close()
