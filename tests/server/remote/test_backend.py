"""The remote backend on real nodes, over a network that is good, bad, or away."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

from tests.contract.engine.office import PASSWORD, Office
from tests.contract.engine.office import site as office_site
from tests.server.nodes import NodeProcess, ServedNode, served
from tests.server.proxy import Proxy
from tests.server.remote.front import Front
from tests.server.remote.office import RemoteOffice
from workloom.adapters.remote.addresses import read_address
from workloom.adapters.remote.backend import RemoteBackend
from workloom.api.services import Backend, Services
from workloom.domain.commands import AddNote, Pull
from workloom.domain.errors import BadInput, Disconnected
from workloom.testing import PASSWORD as KIT_PASSWORD
from workloom.testing import site
from workloom.testing.conformance import BackendConformance

Result = TypeVar("Result")
PATIENCE = 20.0
UNLIMITED: dict[str, Any] = {"person_rate": 0.0, "address_login_rate": 0.0, "socket_heartbeat": 1.0}
FAIL_OVER = 5.0
"""Seconds in which a desktop goes on at another node."""


def logged_in(backend: Backend, user: str = "ann") -> Services:
    plan = backend.authenticate(user, PASSWORD)
    return backend.services(backend.log_in(plan.ticket, channels=tuple(each.media_type for each in plan.channels)))


def until(function: Callable[[], Result], patience: float = PATIENCE) -> Result:
    """Ask again while the connection is away, as the lane of a desktop does."""
    end = time.monotonic() + patience
    while True:
        try:
            return function()
        except Disconnected:
            assert time.monotonic() < end, "the connection does not come back"
            time.sleep(0.02)


@pytest.fixture
def node(tmp_path: Path) -> Iterator[ServedNode]:
    with served(tmp_path / "data", office_site(), **UNLIMITED) as node:
        yield node


@pytest.fixture
def proxy(node: ServedNode) -> Iterator[Proxy]:
    with Proxy(node.url) as proxy:
        yield proxy


@pytest.fixture
def backend(proxy: Proxy) -> Iterator[RemoteBackend]:
    backend = RemoteBackend((proxy.url,))
    yield backend
    backend.close()


class TestRemoteBackend(BackendConformance):
    """What holds for every backend."""

    @pytest.fixture
    def backend(self, tmp_path: Path) -> Iterator[Backend]:
        with ExitStack() as stack:
            self.node = stack.enter_context(served(tmp_path, site(), **UNLIMITED))
            self.node.node.engine.configuration.apply(site(), dict.fromkeys(site().persons, KIT_PASSWORD))
            backend = RemoteBackend((self.node.url,))
            stack.callback(backend.close)
            yield backend

    @pytest.fixture
    def submit(self, backend: Backend) -> Callable[..., str]:
        numbers = iter(range(1000))
        return lambda queue="shelf": self.node.submit(f"item-{next(numbers)}", queue=queue)


def test_changes_whose_answers_are_lost_are_made_once(node: ServedNode, proxy: Proxy, backend: RemoteBackend) -> None:
    ann = logged_in(backend)
    node.submit("i")
    ann.items.execute(Pull(item="i"))
    for number in range(20):
        proxy.lose_answers = 1
        command = AddNote(item="i", text=str(number))
        until(partial(ann.items.execute, command, key=f"key-{number}"))
    proxy.lose_answers = 0
    assert proxy.lost == 20
    notes = until(lambda: ann.items.notes("i"))
    assert [note.text for note in notes] == [str(number) for number in range(20)]


def test_events_go_on_after_a_cut_without_a_gap_and_without_a_double(
    node: ServedNode, proxy: Proxy, backend: RemoteBackend
) -> None:
    ann = logged_in(backend)
    position, seen = ann.events.last(), list[str]()
    for number in range(5):
        proxy.reset()
        node.submit(f"item-{number}")
        end = time.monotonic() + PATIENCE
        while len(seen) <= number and time.monotonic() < end:
            if until(partial(ann.events.wait, position, timeout=0.2)):
                batch = until(partial(ann.events.after, position))
                seen += [event.item for event in batch]
                position = batch[-1].sequence if batch else position
    assert seen == [f"item-{number}" for number in range(5)]


def test_a_half_open_network_is_found_out_and_left(node: ServedNode, proxy: Proxy, backend: RemoteBackend) -> None:
    ann = logged_in(backend)
    ann.presence.heartbeat()
    proxy.half_open()
    with pytest.raises(Disconnected):
        until_lost(ann)
    assert not backend.link.state().connected
    proxy.heal()
    backend.link.try_now()
    until(ann.presence.heartbeat)
    assert backend.link.state().connected
    assert backend.link.state().attempt == 0


def test_without_a_server_the_link_says_when_it_tries_again(proxy: Proxy, backend: RemoteBackend) -> None:
    ann = logged_in(backend)
    ann.presence.heartbeat()
    proxy.cut()
    end = time.monotonic() + PATIENCE
    while backend.link.state().attempt < 3 and time.monotonic() < end:
        with pytest.raises(Disconnected):
            until_lost(ann)
    state = backend.link.state()
    assert not state.connected
    assert state.attempt >= 3
    begun = time.monotonic()
    with pytest.raises(Disconnected):
        ann.items.open_items()
    assert time.monotonic() - begun < 1.0, "while it is lost nobody waits for time-outs"


def until_lost(services: Services) -> None:
    while True:
        services.events.wait(10**9, timeout=0.05)


@pytest.mark.timeout(120)
def test_when_a_node_is_killed_the_desktop_goes_on_at_another(database: str, tmp_path: Path) -> None:
    office = Office(_store(database))
    office.close()
    settings = {"database": database, "database_connections": 4, "socket_heartbeat": 1.0}
    with NodeProcess(tmp_path, settings) as first, NodeProcess(tmp_path, settings) as second:
        urls = (first.url(), second.url())
        backend = RemoteBackend(urls, random=Random(1))  # noqa: S311 - it chooses a node
        try:
            ann = logged_in(backend)
            position = ann.events.last()
            assert not ann.events.wait(position, timeout=0.2)
            used = first if backend.link.state().place in urls[0] else second
            used.process.kill()
            begun = time.monotonic()
            until(lambda: ann.events.wait(10**9, timeout=0.05) or ann.presence.heartbeat())
            until(ann.presence.heartbeat)
            assert time.monotonic() - begun < FAIL_OVER * 3, "slack of a busy machine"
            bob = logged_in(backend, "bob")
            until(bob.presence.heartbeat)
            seen = until(lambda: ann.events.after(position))
            assert {event.person for event in seen} == {"bob"}
        finally:
            backend.close()


def _store(dsn: str) -> Any:
    from workloom.adapters.postgres.store import PostgresStore

    return PostgresStore(dsn)


def test_the_time_is_the_servers_whatever_this_computer_says(nodes_front: Front, tmp_path: Path) -> None:
    office = RemoteOffice(nodes_front, tmp_path)
    backend = RemoteBackend((office.url,))
    try:
        backend.info()
        assert abs((backend.now() - office.clock.now()).total_seconds()) < 10
    finally:
        backend.close()
        office.close()


def test_a_backend_that_was_closed_connects_to_nobody(nodes_front: Front, tmp_path: Path) -> None:
    office = RemoteOffice(nodes_front, tmp_path)
    backend = RemoteBackend((office.url,))
    backend.info()
    backend.close()
    with pytest.raises(Disconnected, match="let go of its connections"):
        backend.info()
    office.close()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://desk", "Expected an address such as https://"),
        ("https://", "Expected an address such as https://"),
        ("http://desk.example.com", "Passwords would travel in the clear"),
        ("https://ann:secret@desk.example.com", "a host, a port and a path, nothing else"),
        ("https://desk.example.com:port", "This is no address of a server"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_the_reason(address: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_address(address)


def test_addresses_keep_their_path_and_say_their_name() -> None:
    assert read_address("https://example.com/workloom/").news == "wss://example.com/workloom"
    assert read_address("http://[::1]:8750").name == "::1:8750"
