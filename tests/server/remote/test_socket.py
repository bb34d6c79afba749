"""The socket of a desktop: it goes on where it was, finds out about silence, and comes back for as long as it may."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random

import pytest
from msgspec import Struct

from tests.server.remote.scripted import Script, ScriptedNode, Talk
from workloom.adapters.remote.addresses import Nodes
from workloom.adapters.remote.backoff import LONGEST, pause
from workloom.adapters.remote.loop import LoopThread
from workloom.adapters.remote.news import News
from workloom.adapters.remote.socket import NewsSocket
from workloom.domain.errors import BadInput, Disconnected, SessionEnded, TooOften, WrongVersion
from workloom.domain.events import Event, EventKind
from workloom.wire import VERSION, Ended, decode, problem_of
from workloom.wire import News as NewsFrame

PATIENCE = 20.0
CHANCE = Random(1)  # noqa: S311 - it spreads desktops, no secret


def event(sequence: int) -> Event:
    return Event(sequence=sequence, at=datetime(2026, 11, 26, tzinfo=UTC), kind=EventKind.OFFERED, item="i")


class Line:
    """A socket to some nodes, with what it brings."""

    def __init__(self, *urls: str) -> None:
        self.news = News()
        self.loop = LoopThread()
        self.states: list[tuple[bool, int]] = []
        self.socket: NewsSocket | None = None
        self.nodes = Nodes(urls, CHANCE)
        self.loop.start(self._run)

    async def _run(self) -> None:
        import ssl

        self.socket = NewsSocket(self.nodes, ssl.create_default_context(), "token", self.news, CHANCE, self._moved)
        await self.socket.run()

    def _moved(self) -> None:
        assert self.socket is not None
        self.states.append((self.socket.state.connected, self.socket.state.attempt))

    def until(self, seen: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < end, "it did not come"
            self.news.asked_at = time.monotonic()
            time.sleep(0.01)


@contextmanager
def line(*scripts: Script) -> Iterator[tuple[Line, ScriptedNode]]:
    with ScriptedNode(*scripts) as node:
        made = Line(node.url)
        try:
            yield made, node
        finally:
            made.loop.close()


async def staying(talk: Talk) -> None:
    await talk.welcome(talk.hello.after or 10)
    await talk.say(NewsFrame(events=(event(11), event(12)), last=13))
    await talk.listen()


async def leaving(talk: Talk) -> None:
    await talk.welcome(10)
    await talk.say(NewsFrame(events=(event(11),), last=11))
    talk.connection.transport.abort()


async def still(talk: Talk) -> None:
    """Takes the desktop in, then nothing comes any more, though the connection stands."""
    await talk.welcome(10, heartbeat=0.05)
    await talk.listen(answer=False)


def test_news_come_up_to_where_the_server_knows_of_no_more() -> None:
    with line(staying) as (made, node):
        made.until(lambda: made.news.last == 13)
        assert made.news.wait(12, 0.0)
        assert not made.news.wait(13, 0.0)
        assert [each.sequence for each in made.news.after(10, 500) or ()] == [11, 12]
        assert [each.sequence for each in made.news.after(10, 1) or ()] == [11]
        assert made.news.after(9, 500) is None, "what is older the server has to be asked for"
        assert node.talks[0].hello.after is None


def test_after_a_loss_it_goes_on_after_the_last_that_was_seen_and_nothing_comes_twice() -> None:
    with line(leaving, staying) as (made, node):
        made.until(lambda: made.news.last == 13)
        assert node.talks[1].hello.after == 11
        assert [each.sequence for each in made.news.after(10, 500) or ()] == [11, 12]
        assert (False, 1) in made.states
        assert made.states[-1] == (True, 0)


def test_who_waits_is_told_of_the_loss_at_once() -> None:
    def wait() -> None:
        while True:
            made.news.wait(11, PATIENCE)

    with line(leaving, still) as (made, _node), pytest.raises(Disconnected):
        wait()


async def refusing(talk: Talk) -> None:
    await talk.say(Ended(problem=problem_of(TooOften("Wait.", wait_seconds=30.0)), again=True))


def test_who_is_told_to_wait_waits_at_least_that_long() -> None:
    with line(refusing, staying) as (made, node):
        made.until(lambda: (False, 1) in made.states)
        assert made.socket is not None
        assert made.socket.state.next_try - time.monotonic() > 20
        made.socket.hurry()
        made.until(lambda: made.news.last == 13)
        assert len(node.talks) == 2


def test_a_server_that_falls_silent_is_left() -> None:
    with line(still, staying) as (made, node):
        made.until(lambda: made.news.last == 13)
        assert len(node.talks) == 2


def test_a_doubt_is_cleared_by_an_answer_and_confirmed_by_none() -> None:
    async def answering(talk: Talk) -> None:
        await talk.welcome(10, heartbeat=60)
        await talk.listen()

    async def deaf(talk: Talk) -> None:
        await talk.welcome(10, heartbeat=60)
        await talk.listen(answer=False)

    with line(answering) as (made, node):
        made.until(lambda: made.news.last == 10)
        assert made.socket is not None
        made.socket.suspect()
        made.until(lambda: node.talks[0].pings == 1)
        made.socket.suspect()
        made.until(lambda: node.talks[0].pings == 2)
        assert len(node.talks) == 1
    with line(deaf, staying) as (made, node):
        made.until(lambda: made.news.last == 10)
        assert made.socket is not None
        made.socket.suspect()
        made.until(lambda: made.news.last == 13)


def test_a_session_that_the_server_ends_is_over() -> None:
    async def ending(talk: Talk) -> None:
        await talk.welcome(10)
        await talk.say(Ended(problem=problem_of(SessionEnded("You have logged in elsewhere."))))

    with line(ending) as (made, node):
        made.until(lambda: made.news.trouble is not None)
        with pytest.raises(SessionEnded, match="elsewhere"):
            made.news.wait(10, PATIENCE)
        assert len(node.talks) == 1


def test_a_node_that_drains_sends_the_desktop_to_another() -> None:
    async def draining(talk: Talk) -> None:
        await talk.welcome(10)
        await talk.say(Ended(problem=problem_of(Disconnected("The node stops.")), again=True))

    with ScriptedNode(draining) as first, ScriptedNode(staying) as second:
        made = Line(first.url, second.url)
        try:
            made.until(lambda: made.news.last == 13)
            assert len(second.talks) == 1
        finally:
            made.loop.close()


def test_a_version_that_does_not_work_is_said() -> None:
    async def newer(talk: Talk) -> None:
        await talk.say(Ended(problem=problem_of(WrongVersion("Install version 2.", versions=(2,)))))

    with line(newer) as (made, _node):
        made.until(lambda: made.news.trouble is not None)
        with pytest.raises(WrongVersion, match="Install version 2"):
            made.news.wait(10, PATIENCE)


class FirstHello(Struct, frozen=True, kw_only=True, tag="hello", forbid_unknown_fields=True):
    """What nodes of version 1 read, and only then look at the version."""

    version: int
    token: str = ""
    after: int | None = None


async def of_version_1(talk: Talk) -> None:
    try:
        decode(FirstHello, talk.said)
    except BadInput as error:
        await talk.say(Ended(problem=problem_of(error)))
    else:
        await staying(talk)


def test_a_desktop_that_is_newer_than_its_node_says_so_and_its_session_lives() -> None:
    with line(of_version_1) as (made, node):
        made.until(lambda: made.news.trouble is not None)
        with pytest.raises(
            WrongVersion, match=rf"newer than the server\. 127\.0\.0\.1:.* version {VERSION} .* Install"
        ):
            made.news.wait(10, PATIENCE)
        made.until(lambda: len(node.talks) > 1)


def test_a_desktop_that_is_newer_than_one_node_goes_on_at_another() -> None:
    with ScriptedNode(of_version_1) as older, ScriptedNode(leaving, staying) as newer:
        made = Line(older.url, newer.url)
        try:
            made.until(lambda: made.news.last == 13)
            assert older.talks
        finally:
            made.loop.close()


@pytest.mark.parametrize("nonsense", ["", "{", '{"type": "surprise"}', "[]", '{"type": "welcome"}', "\x00" * 100])
def test_nonsense_ends_the_connection_and_nothing_else(nonsense: str) -> None:
    async def raving(talk: Talk) -> None:
        await talk.welcome(10)
        await talk.say(nonsense)
        await talk.listen()

    with line(raving, staying) as (made, node):
        made.until(lambda: made.news.last == 13)
        assert len(node.talks) == 2


def test_pauses_double_with_full_jitter_and_have_an_end() -> None:
    chance = CHANCE
    assert all(0 <= pause(1, chance) <= 0.25 for _ in range(100))
    late = [pause(50, chance) for _ in range(300)]
    assert max(late) <= LONGEST
    assert min(late) < LONGEST * 0.1, "jitter is full"
    assert max(late) > LONGEST * 0.9
