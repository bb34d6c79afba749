"""Several nodes on one PostgreSQL are one service: whichever is asked knows what the others have done."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.contract.engine.office import site
from tests.server.nodes import NodeProcess, ServedNode, served
from tests.server.sockets import listening, open_socket
from workloom.domain.commands import AddNote, MarkDone, Pull
from workloom.domain.errors import LoginFailed, SessionEnded
from workloom.domain.events import EventKind
from workloom.domain.interaction import State
from workloom.domain.presence import Presence
from workloom.wire import Hello

Pair = tuple[ServedNode, ServedNode]
PATIENCE = 10.0


@pytest.fixture
def nodes(database: str, tmp_path: Path) -> Iterator[Pair]:
    """Two nodes on one database."""
    settings = {"database": database, "database_connections": 4, "person_rate": 0.0, "address_login_rate": 0.0}
    with served(tmp_path, site(), **settings) as first, served(tmp_path, None, **settings) as second:
        yield first, second


def last(node: ServedNode) -> int:
    with node.node.engine.store.reading() as reader:
        return reader.events.last()


def test_each_step_of_a_login_and_each_request_may_go_to_another_node(nodes: Pair) -> None:
    first, second = nodes
    desk = second.enter(first.plan("ann"))
    first.submit("item-1")
    desk.http = first.http
    desk.call("items.execute", Pull(item="item-1"), key="k")
    desk.http = second.http
    assert desk.call("items.execute", Pull(item="item-1"), key="k").state is State.HANDLING
    assert desk.call("items.execute", MarkDone(item="item-1")).state is State.FINISHED


def test_a_ticket_is_good_once_over_all_nodes_and_wrong_passwords_count_for_all(nodes: Pair) -> None:
    first, second = nodes
    plan = first.plan("ann")
    second.enter(plan)
    with pytest.raises(LoginFailed):
        first.enter(plan)
    for node in (first, second, first):
        with pytest.raises(LoginFailed):
            node.plan("bob", "wrong")
    with pytest.raises(LoginFailed, match="Wait"):
        second.plan("bob")


def test_news_reach_the_desktops_of_every_node_in_order_and_go_on_at_another(nodes: Pair) -> None:
    first, second = nodes
    ann = first.log_in("ann")
    with listening(second, ann) as socket:
        first.submit("item-1")
        ann.call("items.execute", Pull(item="item-1"))
        second.submit("item-2")
        told = socket.events(last(second))
    assert [(event.kind, event.item) for event in told] == [
        (EventKind.SUBMITTED, "item-1"),
        (EventKind.PULLED, "item-1"),
        (EventKind.SUBMITTED, "item-2"),
    ]
    ann.call("items.execute", AddNote(item="item-1", text="Missed."))
    with open_socket(first) as again:
        again.say(Hello(version=1, token=ann.token, after=told[-1].sequence)).welcome()
        assert [event.kind for event in again.events(last(first))] == [EventKind.NOTE_ADDED]


def test_a_revocation_at_one_node_ends_the_sockets_of_the_other(nodes: Pair) -> None:
    first, second = nodes
    ann, bob = first.log_in("ann"), first.log_in("bob")
    with listening(second, ann) as hers, listening(second, bob) as his:
        begun = monotonic()
        first.node.container.tokens().end_sessions("ann")
        assert hers.ended().problem.slug == "session-ended"
        first.node.container.tokens().revoke(bob.token)
        assert his.ended().problem.slug == "session-ended"
        assert monotonic() - begun < PATIENCE
    for desk in (ann, bob):
        desk.http = second.http
        with pytest.raises(SessionEnded):
            desk.call("presence.session")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_second_desktop_of_a_person_ends_the_first_one_at_whichever_node(nodes: Pair, elsewhere: bool) -> None:
    first, second = nodes[0], nodes[elsewhere]
    older = first.log_in("ann")
    with listening(first, older) as left:
        newer = second.log_in("ann")
        ended = left.ended()
        assert (ended.problem.slug, ended.again) == ("session-ended", False)
        assert left.close_code() == 1008
        with pytest.raises(SessionEnded):
            older.call("presence.heartbeat")
        with listening(second, newer) as right:
            second.submit("item-1")
            assert [event.item for event in right.events(last(second))] == ["item-1"]
            assert newer.call("presence.heartbeat") == site().timers.heartbeat


def test_a_desktop_that_goes_to_another_node_leaves_nothing_that_disturbs_it_there(nodes: Pair) -> None:
    """Its socket at the first node may not have been missed yet: it hears on, and goes when the desktop is back."""
    first, second = nodes
    ann = first.log_in("ann")
    with listening(first, ann) as left, listening(second, ann) as right:
        first.submit("item-1")
        until = last(first)
        assert [event.item for event in right.events(until)] == ["item-1"]
        assert [event.item for event in left.events(until)] == ["item-1"]
        with listening(first, ann) as again:
            assert left.ended().problem.slug == "refused"
            second.submit("item-2")
            until = last(second)
            assert [[event.item for event in each.events(until)] for each in (again, right)] == [["item-2"]] * 2
        desk = second.log_in("ann")
        assert right.ended().problem.slug == "session-ended"
        assert desk.call("presence.session").person == "ann"


@pytest.mark.parametrize("shards", [1, 3])
def test_offers_go_on_when_a_node_dies(database: str, tmp_path: Path, shards: int) -> None:
    settings = {"database": database, "database_lease": 1, "database_connections": 4, "database_shards": shards}
    with served(tmp_path, site(), database=database) as preparing:
        preparing.apply(site())
    with NodeProcess(tmp_path, settings) as one, NodeProcess(tmp_path, settings) as other:
        urls = one.url(), other.url()
        assert urls[0] != urls[1]
        with served(tmp_path, None, **settings) as third:
            ann = third.log_in("ann")
            ann.call("presence.set_state", Presence.READY)
            one.process.kill()
            other.process.kill()
            with listening(third, ann) as socket:
                begun = last(third)
                third.submit("item-9", queue="claims")
                offered = [event.kind for event in socket.events(begun + 2)]
            assert EventKind.OFFERED in offered
