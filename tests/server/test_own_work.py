"""Slow requests that have all connections of a node hold up neither offers nor news nor signs of life."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg

from tests.contract.engine.office import site
from tests.server.nodes import PATIENCE, Desk, served, wait_until
from tests.server.sockets import listening
from workloom.domain.commands import MarkDone, Pull
from workloom.domain.events import EventKind
from workloom.domain.interaction import State
from workloom.wire import News

CONNECTIONS = 4


@contextmanager
def _slow_searches(
    desks: Sequence[Desk], database: str, *, searches: int = CONNECTIONS, at_once: int = CONNECTIONS
) -> Iterator[None]:
    """Searches that have to wait for somebody who changes the table; so many of them get that far."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with ThreadPoolExecutor(searches) as aside, psycopg.connect(database) as other:
        other.execute("LOCK TABLE contact, contact_attribute")
        asked = [aside.submit(desks[n % len(desks)].call, "contacts.search", "eva") for n in range(searches)]
        with psycopg.connect(database, autocommit=True) as looking:
            wait_until(lambda: looking.execute(waiting).fetchone() == (at_once,))
        yield
        other.rollback()
        for search in asked:
            search.result(PATIENCE)


def test_an_agent_with_many_slow_searches_holds_up_nobody_else(tmp_path: Path, database: str) -> None:
    """They would have all threads of the node, if there were no share of each."""
    settings = {"database": database, "database_connections": 16, "database_lock": PATIENCE}
    with served(tmp_path, site(), threads=12, threads_of_one=6, person_rate=0.0, **settings) as node:
        ann, bob = node.log_in("ann"), node.log_in("bob")
        item = node.submit("item-1", queue="shelf")
        differently = Desk(ann.http, ann.session, f" {ann.token}")  # the same token, written in another way
        with _slow_searches([ann, differently], database, searches=12, at_once=3):
            wait_until(lambda: len(node.server.server_state.connections) >= 12)
            bob.call("items.execute", Pull(item=item))
            assert bob.call("items.execute", MarkDone(item=item)).state is State.FINISHED
            assert ann.call("presence.heartbeat") == site().timers.heartbeat, "nor are they held to be gone"
        assert ann.call("items.offers") == ()


def test_slow_searches_of_many_leave_room_for_commands_and_news_of_everybody(tmp_path: Path, database: str) -> None:
    """They would have all threads of the node, if reads could have them."""
    settings = {"database": database, "database_connections": 16, "database_lock": PATIENCE}
    with served(tmp_path, site(), threads=8, threads_of_one=4, person_rate=0.0, **settings) as node:
        searching = [node.log_in(person) for person in ("ann", "bob", "cid")]
        node.submit("item-1", queue="shelf")
        node.submit("item-2", queue="shelf")
        with (
            listening(node, searching[0], after=0) as socket,
            _slow_searches(searching, database, searches=12, at_once=4),
        ):
            wait_until(lambda: len(node.server.server_state.connections) >= 12)
            for desk, item in zip(searching, ("item-1", "item-2"), strict=False):
                desk.call("items.execute", Pull(item=item))
                assert desk.call("items.execute", MarkDone(item=item)).state is State.FINISHED
            told = searching[1].call("events.after", 0)
            assert {event.kind for event in told} >= {EventKind.PULLED, EventKind.DONE}
            socket.events(told[-1].sequence)


def test_what_a_node_does_by_itself_goes_on_while_requests_have_all_connections(tmp_path: Path, database: str) -> None:
    settings: dict[str, Any] = {"database": database, "database_connections": CONNECTIONS, "database_connect": 0.5}
    settings["threads_of_one"] = 2 * CONNECTIONS  # half of it for reads
    with served(tmp_path, site(), database_lock=PATIENCE, **settings) as node:
        ann = node.log_in("ann")
        with listening(node, ann) as socket:
            item = node.submit("item-1", queue="shelf")
            with _slow_searches([node.log_in("bob")], database):
                begun = monotonic()
                with psycopg.connect(database) as source:  # as another node would
                    source.execute("UPDATE interaction SET queue = 'claims' WHERE id = %s", (item,))
                node.node.engine.wake.ring()
                told: list[EventKind] = []
                while EventKind.OFFERED not in told:
                    frame = socket.hear(PATIENCE)
                    told += [event.kind for event in frame.events] if isinstance(frame, News) else []
                assert ann.call("presence.heartbeat") == site().timers.heartbeat
                assert monotonic() - begun < 10
