"""Nobody sees or does over HTTP or the socket what no privilege allows: every route, role, owner and tenant.

Each item carries canary texts of its own. What may be seen is said here in a few lines, apart from the rules of the
program; whatever else turns up in an answer, a list, a count or a frame is a leak. A route that the matrix does not
know fails it.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, get_args

import pytest
from starlette.routing import Route

from tests.contract.engine.office import PASSWORD, person, site
from tests.server.asked import LAST, all_but_the_end, arguments_of, command_for
from tests.server.matrix import (
    CANARY,
    HIDING,
    ITEMS,
    NOW,
    OWNER,
    ROLES,
    ROWS,
    SESSION,
    fill,
    may_hear,
    may_see,
    tell,
    with_dora,
)
from tests.server.nodes import Desk, ServedNode, served
from tests.server.shown import counted, expected, is_open
from tests.server.sockets import listening, open_socket
from workloom.domain import commands
from workloom.domain.commands import AgentCommand
from workloom.domain.events import Event, EventKind
from workloom.domain.interaction import Interaction
from workloom.domain.privileges import (
    CORE_PRIVILEGES,
    TARGETS_USE,
)
from workloom.server.http_api.operations import BASE as API
from workloom.wire import BACKEND_CALLS, CALLS, Call, Hello

PUBLIC: Final = {"/health", "/ready", "/metrics", "/desktop/v1/info", f"{API}/openapi.json"}
"""Answered without a token: must hold nothing of any item."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedNode]:
    limits = {"person_rate": 0.0, "address_login_rate": 0.0, "news_together": 0.0}
    with served(tmp_path_factory.mktemp("node"), with_dora(frozenset(CORE_PRIVILEGES)), **limits) as running:
        fill(running)
        yield running


def canaries(text: str) -> set[str]:
    """Items whose canary stands in a text."""
    return set(CANARY.findall(text))


def ask(node: ServedNode, desk: Desk, call: Call, arguments: dict[str, Any]) -> Any:
    """The answer, whatever it is."""
    answer = node.http.post(
        call.path, content=call.encode_arguments(**arguments), headers={"Authorization": f"Bearer {desk.token}"}
    )
    assert answer.status_code < 500, (call.name, arguments, answer.text)
    return answer


def told(node: ServedNode, desk: Desk, call: Call, arguments: dict[str, Any]) -> str:
    """The whole of it, headers included."""
    answer = ask(node, desk, call, arguments)
    return f"{answer.headers}{answer.text}"


def test_the_matrix_knows_every_route() -> None:
    assert {call.name for call in CALLS.values()} - {call.name for call in BACKEND_CALLS} - {"items.execute"} == {
        call.name for call in all_but_the_end()
    } | {LAST}
    for call in all_but_the_end():
        assert list(arguments_of(call)), call.name


def test_no_route_stands_beside_the_matrix(node: ServedNode) -> None:
    paths = {route.path for route in node.node.routes() if isinstance(route, Route)}
    beside = paths - {call.path for call in CALLS.values()} - PUBLIC
    assert {path for path in beside if not path.startswith(f"{API}/")} == set()
    for path in PUBLIC & paths:
        assert not canaries(node.http.get(path).text), path


def test_without_a_token_no_route_tells_or_does_anything(node: ServedNode) -> None:
    before = all_rows(node)
    for route in node.node.routes():
        assert isinstance(route, Route)
        if route.path in PUBLIC or route.path in {call.path for call in BACKEND_CALLS}:
            continue
        path = re.sub(r"{[^}]*}", "item-mine", route.path)
        for method in route.methods or ():
            answer = node.http.request(method, path)
            assert answer.status_code in (401, 405), (method, path, answer.text)
            assert not canaries(answer.text)
    assert all_rows(node) == before


def all_rows(node: ServedNode) -> list[Interaction | None]:
    with node.node.engine.store.reading() as reader:
        return [reader.items.get(record.id) for record in ROWS.values()]


COUNTS: Final = ("workbins.tree", "history.counts")
"""What answers with numbers only."""


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_it_may_and_nothing_else(node: ServedNode, role: str) -> None:
    held = ROLES[role]
    node.apply(with_dora(held))
    for who in OWNER:
        desk = node.log_in(who)
        for call in all_but_the_end():
            for arguments in arguments_of(call):
                answer = ask(node, desk, call, arguments)
                text, shown = f"{answer.headers}{answer.text}", expected(call, who, held, arguments)
                about = (who, role, call.name, arguments, answer.text)
                if not is_open(call, held, arguments):
                    assert answer.status_code == 403, about
                if call.name in COUNTS and answer.status_code == 200:
                    number = counted(call, call.decode_result(answer.content))
                    assert number == (len(shown) if isinstance(number, int) else shown), about
                    shown = set()
                assert canaries(text) == shown, about


@pytest.mark.parametrize("role", HIDING)
def test_an_item_that_is_hidden_is_as_unknown_as_one_that_is_not_there(node: ServedNode, role: str) -> None:
    """Where an item is only named, the answer does not tell whether there is one."""
    node.apply(with_dora(ROLES[role]))
    naming = [call for call in all_but_the_end() if call.service in ("workbins", "directory") and "item" in named(call)]
    assert len(naming) == 4
    for who in OWNER:
        desk = node.log_in(who)
        for call in naming:
            (usual, *_) = arguments_of(call)
            unknown = ask(node, desk, call, {**usual, "item": "item-nowhere"})
            assert unknown.status_code in (403, 404), (call.name, unknown.text)
            for item in ITEMS:
                answer = ask(node, desk, call, {**usual, "item": f"item-{item}"})
                told_apart = (answer.status_code, answer.text) != (unknown.status_code, unknown.text)
                may_name = may_see(who, ROLES[role], item) and unknown.status_code == 404
                assert told_apart == may_name, (who, call.name, item, answer.text)


def named(call: Call) -> tuple[str, ...]:
    """The names of its arguments."""
    return call.arguments.__struct_fields__


@pytest.mark.parametrize("role", [*HIDING, "all"])
def test_each_role_hears_of_what_it_may_and_nothing_else(node: ServedNode, role: str) -> None:
    node.apply(with_dora(ROLES[role]))
    for who in OWNER:
        desk = node.log_in(who)
        allowed = {item for item in (*ITEMS, SESSION) if may_hear(who, ROLES[role], item)}
        with listening(node, desk) as socket:
            begin = socket_position(node)
            until = tell(node)
            desk.call("presence.heartbeat")
            with node.node.engine.store.transaction() as transaction:  # a last word to this person, whatever the role
                transaction.events.append([Event(at=NOW, kind=EventKind.READ, actor=who)])
            heard = [str(event.detail) for event in socket.events(until + 1)]
        assert {item for text in heard for item in canaries(text)} == allowed, (who, role)
        with open_socket(node) as again:
            again.say(Hello(version=1, token=desk.token, after=begin)).welcome()
            missed = [str(event.detail) for event in again.events(until + 1)]
        assert {item for text in missed for item in canaries(text)} == allowed, (who, role)


def socket_position(node: ServedNode) -> int:
    with node.node.engine.store.reading() as reader:
        return reader.events.last()


@pytest.mark.parametrize("role", HIDING)
def test_no_command_touches_or_tells_what_the_caller_may_not_see(node: ServedNode, role: str) -> None:
    """Of every kind, by everybody, on every item that is hidden from them: an answer carries the whole item."""
    held = ROLES[role]
    node.apply(with_dora(held))
    call = CALLS["items.execute"]
    for who in OWNER:
        desk = node.log_in(who)
        before = all_rows(node)
        for item in ITEMS:
            if may_see(who, held, item):
                continue
            assert not canaries(told(node, desk, CALLS["items.get"], {"item": f"item-{item}"})), (who, item)
            for kind in get_args(AgentCommand):
                assert commands.Command in kind.__mro__
                answer = told(node, desk, call, {"command": command_for(kind, f"item-{item}")})
                assert not canaries(answer), (who, kind, item, answer)
        left = {f"item-{item}" for item in ITEMS if not may_see(who, held, item)}
        touched = [row for row in zip(before, all_rows(node), strict=True) if row[0] != row[1]]
        assert not [row for row, _ in touched if row is None or row.id in left], who


def test_a_token_a_ticket_and_a_password_of_one_tenant_are_unknown_to_another(
    node: ServedNode, tmp_path_factory: pytest.TempPathFactory
) -> None:
    node.apply(with_dora(ROLES["all"]))
    desk = node.log_in("ann")
    plan = node.plan("bob")
    theirs = site(tenant="other", persons={"zoe": person("zoe")})
    with served(tmp_path_factory.mktemp("other"), theirs, person_rate=0.0, address_login_rate=0.0) as other:
        for call in CALLS.values():
            headers = {"Authorization": f"Bearer {desk.token}"}
            body = b"{}"
            if call.name == "log_in":
                body = call.encode_arguments(plan.ticket)
            if call.name == "authenticate":
                body = call.encode_arguments("ann", PASSWORD)
            answer = other.http.post(call.path, content=body, headers=headers)
            assert answer.status_code == 401, (call.name, answer.text)
            assert not canaries(answer.text)
        with open_socket(other) as socket:
            socket.say(Hello(version=1, token=desk.token, after=0))
            assert socket.ended().problem.slug == "session-ended"
    assert node.enter(plan).call("presence.session").person == "bob"
    assert TARGETS_USE in desk.call("configuration.privileges")
