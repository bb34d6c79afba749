"""Whoever shows token after token that nobody has is soon refused without a look, and keeps no colleague out."""

from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.contract.engine.office import PASSWORD, site
from tests.server.nodes import Desk, ServedNode, problem_in, served
from tests.server.sockets import listening, open_socket
from workloom.adapters.remote.backend import RemoteBackend
from workloom.domain.errors import SessionEnded, StorageUnreachable, TooOften
from workloom.server.http_api.operations import BASE as API
from workloom.server.limits import Limits, Rate, network_of
from workloom.server.strangers import Strangers
from workloom.services.digests import digest
from workloom.wire import CALLS, Hello

AT_ONCE: Final = 3
SETTINGS: Final = {"address_unknown_rate": 0.01, "address_unknown_burst": float(AT_ONCE)}
"""One more in 100 seconds: none comes back while a test runs."""


def shown(node: ServedNode, token: str) -> httpx2.Response:
    path = CALLS["items.offers"].path
    return node.http.post(path, content=b"{}", headers={"Authorization": f"Bearer {token}"})


def flood(node: ServedNode) -> None:
    """Show unknown tokens until it is refused to look."""
    answers = [shown(node, f"token-of-nobody-{n}") for n in range(AT_ONCE + 2)]
    assert [answer.status_code for answer in answers] == [401] * AT_ONCE + [429] * 2
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "unknown tokens" in problem_in(answers[-1]).detail


def test_requests_sockets_and_clients_with_unknown_tokens_share_one_limit(tmp_path: Path) -> None:
    with served(tmp_path, site(), **SETTINGS) as node:
        ann = node.log_in("ann")
        flood(node)
        assert (
            node.http.get(f"{API}/capture/none/ping", headers={"Authorization": "Bearer client-token-none"}).status_code
            == 429
        )
        with open_socket(node) as socket:
            ended = socket.say(Hello(version=1, token="token-of-nobody", after=0)).ended()
        assert (ended.problem.slug, ended.again) == ("too-often", True)
        assert ended.problem.wait_seconds >= 1
        assert ann.call("items.offers") == (), "who works there goes on"
        with listening(node, ann):
            backend = RemoteBackend((node.url,))
            try:
                session = backend.log_in(backend.authenticate("bob", PASSWORD).ticket)
                assert backend.services(session).items.offers() == (), "and who comes anew waits a moment at most"
            finally:
                backend.close()


def test_a_good_token_that_the_node_has_never_seen_is_not_kept_out(tmp_path: Path) -> None:
    with served(tmp_path, site(), **SETTINGS) as node:
        ann = node.log_in("ann")
    with served(tmp_path, None, **SETTINGS) as node:
        flood(node)
        assert Desk(node.http, ann.session, ann.token).call("items.offers") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("unix:socket", "unix:socket", True),
    ],
)
def test_limits_count_for_all_addresses_that_one_customer_of_a_network_has(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_limited_address_costs_one_read_a_second_however_often_it_asks() -> None:
    now, lists, looks = [0.0], [0], [0]
    failing: list[bool] = []

    def live() -> tuple[str, ...]:
        lists[0] += 1
        if failing:
            raise StorageUnreachable("The database does not answer.")
        return (digest("good"),)

    def look(token: str) -> str:
        looks[0] += 1
        if token != "good":
            raise SessionEnded("It is unknown.")
        return token

    strangers = Strangers(Limits(Rate(each_second=0.01, at_once=1), lambda: now[0]), live, lambda: now[0])
    with pytest.raises(SessionEnded):
        strangers.ask("a", "bad", look)
    for n in range(1000):
        now[0] = n / 500
        with pytest.raises(TooOften) as told:
            strangers.ask("a", f"bad-{n}", look)
        assert told.value.wait_seconds >= 1
    assert (lists, looks) == ([2], [1])
    assert strangers.ask("a", "good", look) == "good"
    with pytest.raises(SessionEnded):
        strangers.ask("another", "bad", look)
    now[0] += 1.0
    failing.append(True)
    for expected in (StorageUnreachable, TooOften, TooOften):
        with pytest.raises(expected):
            strangers.ask("a", "bad", look)
    assert strangers.ask("a", "good", look) == "good", "the list of before is better than none"
    now[0] += 100.0
    with pytest.raises(SessionEnded):
        strangers.ask("a", "bad", look)
