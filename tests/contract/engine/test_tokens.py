"""Tokens stand for one session, are kept as digests, expire and can be revoked; tickets hold over engines."""

from datetime import timedelta

import pytest

from tests.contract.backends import IN_USE
from tests.contract.engine.office import PASSWORD, Office
from workloom.adapters.passwords import Argon2Passwords
from workloom.domain.core_options import core_catalogue
from workloom.domain.errors import LoginFailed, SessionEnded
from workloom.domain.interaction import State
from workloom.services.login import Login
from workloom.services.site_documents import SiteCache
from workloom.services.tokens import Tokens


class Node:
    """What a server node has for logging in, beside the engine of the office."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.store = office.engine.store
        parts = (self.store, SiteCache(), core_catalogue(), office.clock, office.ids)
        self.tokens = Tokens(*parts, lifetime=timedelta(hours=1))
        self.login = Login(*parts, hasher=Argon2Passwords(cheap=True))

    def log_in(self, user: str) -> tuple[str, str]:
        ticket = self.login.authenticate(user, PASSWORD).ticket
        return self.tokens.log_in(self.login, ticket, "", ("claim",))

    def session_of(self, token: str) -> str:
        with self.store.reading() as reader:
            return self.tokens.known(reader, token).session


@pytest.fixture
def node(office: Office) -> Node:
    return Node(office)


def refused(node: Node, token: str) -> bool:
    try:
        node.session_of(token)
    except SessionEnded:
        return True
    return False


def test_a_token_stands_for_its_session_until_it_expires(node: Node) -> None:
    session, token = node.log_in("ann")
    assert node.session_of(token) == session
    node.office.clock.advance(3599)
    assert not refused(node, token)
    node.office.clock.advance(1)
    assert refused(node, token)


def test_a_later_login_and_a_revocation_end_a_token(node: Node) -> None:
    _, first = node.log_in("ann")
    _, second = node.log_in("ann")
    _, other = node.log_in("bob")
    assert refused(node, first)
    assert not refused(node, second)
    node.tokens.revoke(second)
    assert refused(node, second)
    assert not refused(node, other)
    assert refused(node, "token-404")


def test_ending_a_persons_sessions_puts_the_items_where_the_policy_says(node: Node) -> None:
    office = node.office
    session, token = node.log_in("ann")
    item = office.take(office.engine.backend.services(session))
    assert node.tokens.end_sessions("ann")
    assert refused(node, token)
    assert office.item(item.id).state is State.IN_WORKBIN
    assert not node.tokens.end_sessions("ann")


def test_a_ticket_of_one_node_is_good_at_another_and_only_once(node: Node) -> None:
    other = Node(node.office)
    ticket = node.login.authenticate("ann", PASSWORD).ticket
    other.tokens.log_in(other.login, ticket, "", ())
    for each in (node, other):
        with pytest.raises(LoginFailed, match="too long"):
            each.login.log_in(ticket)


def test_wrong_passwords_are_counted_over_all_nodes(node: Node) -> None:
    nodes = (node, Node(node.office), Node(node.office))
    for each in nodes:
        with pytest.raises(LoginFailed):
            each.login.authenticate("ann", "wrong")
    with pytest.raises(LoginFailed, match="Wait") as caught:
        nodes[0].login.authenticate("ann", PASSWORD)
    assert caught.value.wait_seconds > 0


def test_neither_token_nor_ticket_nor_user_name_of_a_wrong_guess_is_kept_as_it_is(node: Node) -> None:
    _, token = node.log_in("ann")
    ticket = node.login.authenticate("bob", PASSWORD).ticket
    with pytest.raises(LoginFailed):
        node.login.authenticate("hunter2-typed-as-name", "wrong")
    kept = IN_USE[-1].everything_in(node.store)
    assert "wrong_guess" in kept
    for secret in (token, ticket, "hunter2-typed-as-name"):
        assert secret not in kept


def test_a_token_is_remembered_until_it_expires_and_serves_nobody_once_it_is_revoked(node: Node) -> None:
    session, token = node.log_in("ann")
    other, expiring = node.log_in("bob")
    assert (node.tokens.session_of(token).session, node.tokens.session_of(expiring).session) == (session, other)
    services = node.office.engine.backend.services(node.tokens.session_of(token).session)
    assert services.events.last() > 0
    node.tokens.revoke(token)
    for ask in (services.events.last, services.items.open_items, services.presence.session):
        with pytest.raises(SessionEnded):
            ask()
    node.office.clock.advance(3600)
    with pytest.raises(SessionEnded):
        node.tokens.session_of(expiring)
    with pytest.raises(SessionEnded):
        node.tokens.session_of("token-404")
