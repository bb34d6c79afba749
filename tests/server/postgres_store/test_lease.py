"""One node dispatches; another one does soon after it is gone, and the old one writes nothing any more."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic, sleep

import psycopg
import pytest

from tests.contract.engine.office import Office
from workloom.adapters.postgres.connecting import PostgresSettings
from workloom.adapters.postgres.lease import PostgresLease
from workloom.adapters.postgres.store import PostgresStore
from workloom.domain.interaction import State
from workloom.services.shards import EVERYTHING, Shard, place_of_queue

SETTINGS = PostgresSettings(lease=2.0, connections=3, idle_whole=0.6)


@pytest.fixture
def nodes(database: str) -> Iterator[tuple[PostgresStore, PostgresStore]]:
    """Two nodes with short leases, yet longer than a busy machine lets a process wait."""
    first, second = PostgresStore(database, SETTINGS), PostgresStore(database, SETTINGS)
    yield first, second
    first.close()
    second.close()


Nodes = tuple[PostgresStore, PostgresStore]


def until_held(store: PostgresStore, lease: PostgresLease | None = None) -> float:
    """Ask for the lease as a dispatcher does; the seconds it took."""
    begun, lease = monotonic(), lease or store.lease()
    while not lease.held():
        assert monotonic() - begun < 10
        sleep(0.05)
    return monotonic() - begun


def test_of_two_nodes_one_has_the_lease_and_keeps_it(nodes: Nodes) -> None:
    first, second = (node.lease() for node in nodes)
    assert first.held()
    end = monotonic() + 1.5 * SETTINGS.lease
    while monotonic() < end:
        assert first.held()
        assert not second.held()
        sleep(0.05)


def test_a_lease_from_before_the_clock_was_set_back_is_taken(nodes: Nodes, database: str) -> None:
    first, second = (node.lease() for node in nodes)
    assert first.held()
    assert not second.held()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE lease SET until = until + interval '1 day'")
    until_held(nodes[1], second)


def test_who_has_no_lease_asks_for_it_now_and_then_however_often_it_is_rung(
    nodes: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = PostgresLease._ask  # noqa: SLF001 - what is counted

    def counted(self: PostgresLease, name: str, **values: float) -> tuple[int] | None:
        asked.append(name)
        return ask(self, name, **values)

    first, second = (node.lease() for node in nodes)
    assert first.held()
    monkeypatch.setattr(PostgresLease, "_ask", counted)
    begun = monotonic()
    assert not any(second.held() for _ in range(200))
    assert len(asked) <= 1 + (monotonic() - begun) / (SETTINGS.lease / 8)
    first.release()
    assert until_held(nodes[1], second) < SETTINGS.lease


def test_a_lease_that_is_let_go_is_taken_at_once(nodes: Nodes) -> None:
    first, second = (node.lease() for node in nodes)
    assert first.held()
    first.release()
    assert second.held()
    assert not first.held()


def test_a_lease_that_nobody_renews_is_taken_when_it_ends(nodes: Nodes) -> None:
    first, second = nodes
    assert first.lease().held()
    assert until_held(second) <= SETTINGS.lease + 5


def test_who_has_slept_through_the_end_writes_nothing(nodes: Nodes) -> None:
    first, second = (node.lease() for node in nodes)
    assert first.held()
    with nodes[0].transaction(whole=True) as transaction:
        assert transaction.holds(first)
    sleep(SETTINGS.lease * 1.5)
    with nodes[0].transaction(whole=True) as transaction:
        assert not transaction.holds(first), "the lease has ended, though nobody has taken it"
    assert second.held()
    with nodes[0].transaction(whole=True) as transaction:
        assert not transaction.holds(first)
    assert not first.held()


def test_each_shard_has_a_lease_of_its_own(nodes: Nodes) -> None:
    first, second = nodes
    assert first.lease(Shard(0, 2)).held()
    assert second.lease(Shard(1, 2)).held()
    assert not second.lease(Shard(0, 2)).held()


def test_every_queue_belongs_to_one_shard_and_only_its_dispatcher_looks_after_it(nodes: Nodes) -> None:
    office = Office(nodes[0])
    office.log_in("ann")
    items = [office.submit(queue="claims"), office.submit(queue="requests")]
    homes = {office.item(item).queue: place_of_queue(office.item(item).queue) % 2 for item in items}
    for number in (0, 1):
        with nodes[1].transaction(whole=True, shard=Shard(number, 2)) as transaction:
            queues = {stream.queue for stream in transaction.due.streams(())}
        assert queues == {queue for queue, home in homes.items() if home == number}
    with nodes[1].transaction(whole=True, shard=EVERYTHING) as transaction:
        assert {stream.queue for stream in transaction.due.streams(())} == set(homes)
    office.close()


def test_a_step_without_the_lease_does_nothing_and_says_when_to_ask_again(nodes: Nodes) -> None:
    other = nodes[1].lease()
    assert other.held()
    office = Office(nodes[0])
    office.log_in("ann")
    item = office.submit()
    due = office.step()
    assert due is not None
    assert due > office.clock.now()
    assert office.item(item).state is State.QUEUED
    other.release()
    end = monotonic() + 10 * SETTINGS.lease
    while office.item(item).state is State.QUEUED and monotonic() < end:
        office.step()
        sleep(0.05)
    assert office.item(item).state is State.OFFERED
    office.close()


HOLDER = """
import sys
from time import sleep
from tests.server.postgres_store.test_lease import SETTINGS
from workloom.adapters.postgres.store import PostgresStore
store = PostgresStore(sys.argv[1], SETTINGS)
lease = store.lease()
assert lease.held()
with store.transaction(whole=True) as transaction:
    assert transaction.holds(lease)
    print("holds", flush=True)
    sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be stopped there")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP])
def test_a_holder_that_dies_or_hangs_in_the_middle_of_a_step_is_followed_within_five_seconds(
    database: str, end: signal.Signals
) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, database], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"holds\n"
    holder.send_signal(end)
    begun = monotonic()
    office = Office(PostgresStore(database, PostgresSettings()))  # its site waits for the step to end
    office.log_in("ann")
    item = office.submit()
    while office.item(item).state is State.QUEUED:
        office.step()
        assert monotonic() - begun < 5
        sleep(0.05)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    office.close()
