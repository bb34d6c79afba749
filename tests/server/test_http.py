"""A desktop works over HTTP as it does in process, and whatever is wrong with a request is said."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest

from tests.contract.engine.office import PASSWORD, site, without
from tests.server.nodes import PATIENCE, ServedNode, checked, problem_in, served, wait_until
from workloom.domain.commands import Accept, AddNote, MarkDone, Pull
from workloom.domain.errors import (
    BadInput,
    ItemsOpen,
    LoginFailed,
    NotAllowed,
    NotFound,
    OfferGone,
    SessionEnded,
    TooOften,
    WorkloomError,
)
from workloom.domain.interaction import State
from workloom.domain.pages import HistoryQuery, HistoryScope
from workloom.domain.presence import Presence
from workloom.domain.privileges import CONTACT_HISTORY
from workloom.server.settings import read_settings
from workloom.services.digests import digest
from workloom.services.ports_login import Token
from workloom.wire import CALLS, INFO_PATH, VERSION_HEADER, Info, decode, encode


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedNode]:
    with served(tmp_path_factory.mktemp("node"), site(), person_rate=1000.0, person_burst=2000.0) as running:
        yield running


def test_an_agent_logs_in_takes_an_item_and_finishes_it(node: ServedNode) -> None:
    ann = node.log_in("ann")
    item = node.submit("item-1")
    pulled = ann.call("items.execute", Pull(item=item), key="k1")
    assert (pulled.state, pulled.assigned_to) == (State.HANDLING, "ann")
    assert ann.call("items.open_items") == (pulled,)
    with pytest.raises(ItemsOpen) as caught:
        ann.call("presence.log_off")
    assert caught.value.items == (item,)
    assert ann.call("items.execute", Pull(item=item), key="k1") == pulled
    ann.call("items.execute", AddNote(item=item, text="Called back."))
    assert [note.text for note in ann.call("items.notes", item)] == ["Called back."]
    assert ann.call("items.execute", MarkDone(item=item)).state is State.FINISHED
    assert ann.call("history.search", HistoryQuery(scope=HistoryScope.MINE)).rows[0].item.id == item
    ann.call("presence.log_off")
    with pytest.raises(SessionEnded):
        ann.call("presence.session")


def test_every_read_answers_what_the_service_answers(node: ServedNode) -> None:
    desk = node.log_in("bob")
    services = node.node.engine.backend.services(desk.session)
    assert desk.call("presence.session") == services.presence.session()
    assert desk.call("configuration.me") == services.configuration.me()
    assert desk.call("configuration.privileges") == services.configuration.privileges()
    assert desk.call("configuration.queues") == services.configuration.queues()
    assert desk.call("configuration.business_attribute", "nothing") is None
    assert desk.call("workbins.tree") == services.workbins.tree()
    assert desk.call("directory.search", "a", item="") == services.directory.search("a", item="")
    assert desk.call("events.after", 0) == services.events.after(0)
    assert desk.call("presence.set_state", Presence.NOT_READY).channels[0].state is Presence.NOT_READY
    assert desk.call("presence.heartbeat") == services.presence.heartbeat()


def test_the_first_thing_a_desktop_asks_needs_no_login(node: ServedNode) -> None:
    info: Info = decode(Info, checked(node.http.get(INFO_PATH)))
    assert (info.site.title, info.version, info.versions) == ("Workloom", 2, (1, 2))
    assert abs(info.now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_ticket_that_is_shown_again_is_refused_and_the_session_goes_on(node: ServedNode) -> None:
    first, second = CALLS["authenticate"], CALLS["log_in"]
    asked = checked(node.http.post(first.path, content=first.encode_arguments("cid", PASSWORD)))
    body = second.encode_arguments(first.decode_result(asked).ticket)
    entered = second.decode_result(checked(node.http.post(second.path, content=body)))
    again = node.http.post(second.path, content=body)
    assert (again.status_code, problem_in(again).slug) == (401, "login-failed")
    with node.node.engine.store.reading() as reader:
        assert reader.sessions.get(entered.session) is not None


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer", "Bearer token-404", "token"])
@pytest.mark.parametrize("call", ["items.offers", "items.execute", "presence.log_off"])
def test_without_a_good_token_nothing_is_answered(node: ServedNode, call: str, header: str) -> None:
    answer = node.http.post(CALLS[call].path, headers={"Authorization": header} if header else {})
    assert problem_in(answer).slug == "session-ended"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_an_expired_token_is_refused(node: ServedNode) -> None:
    desk = node.log_in("cid")
    past = datetime.now(UTC) - timedelta(days=1)
    with node.node.engine.store.transaction() as transaction:
        expired = Token(session=desk.session, person="cid", issued_at=past, expires_at=past)
        transaction.tokens.delete(digest(desk.token))
        transaction.tokens.insert(digest(desk.token), expired)
    with pytest.raises(SessionEnded):
        desk.call("items.offers")


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        (b"", 400, ""),
        (b"{", 400, ""),
        (b"[]", 400, ""),
        (b'"\xff"', 400, ""),
        (b"null", 400, ""),
        (b'{"command": {"type": "Sing", "item": "x"}}', 400, "command.type"),
        (b'{"command": {"type": "MarkDone", "item": 3}}', 400, "command.item"),
        (b'{"command": {"type": "MarkDone", "item": "x", "tenant": "y"}}', 400, "command"),
        (b'{"command": {"type": "MarkDone", "item": "item-404"}}', 404, ""),
        (b"[" * 500_000, 400, ""),
        (b" " * 1_048_577, 413, ""),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_cannot_be_read_is_a_problem_that_names_the_field(
    node: ServedNode, body: bytes, status: int, where: str
) -> None:
    desk = node.log_in("ann")
    answer = node.http.post(
        CALLS["items.execute"].path, content=body, headers={"Authorization": f"Bearer {desk.token}"}
    )
    problem = problem_in(answer)
    assert (problem.status, problem.where) == (status, where)
    assert problem.detail
    assert desk.call("items.open_items") == ()


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("history.search", b'{"query": {"scope": "all", "offset": 1000000000000000000000000000000}}'),
        ("workbins.page", b'{"query": {"workbin": "team", "owner": "experts", "offset": 18446744073709551616}}'),
        ("items.execute", b'{"command": {"type": "Hold", "item": "item-0", "until": "9999-12-31T23:59:59-12:00"}}'),
        ("contacts.search", b'{"text": "\\ud800"}'),
    ],
)
def test_values_that_no_store_can_keep_are_bad_input(node: ServedNode, call: str, body: bytes) -> None:
    desk = node.log_in("ann")
    if call == "items.execute":
        node.submit("item-0")
        desk.call("items.execute", Pull(item="item-0"))
    answer = node.http.post(CALLS[call].path, content=body, headers={"Authorization": f"Bearer {desk.token}"})
    assert problem_in(answer).status == 400
    if call == "items.execute":
        desk.call("items.execute", MarkDone(item="item-0"))


def test_a_body_without_a_length_is_cut_off_at_the_limit(node: ServedNode) -> None:
    answer = node.http.post(CALLS["authenticate"].path, content=(b" " * 65_536 for _ in range(40)))
    assert problem_in(answer).status == 413


@pytest.mark.parametrize("version", ["0", "99", "x", "", "-1", "9" * 50])
def test_a_client_of_another_version_is_told_which_work(node: ServedNode, version: str) -> None:
    answer = node.http.get(INFO_PATH, headers={VERSION_HEADER: version})
    problem = problem_in(answer)
    assert problem.status in (400, 426)
    if version in ("0", "99"):
        assert (problem.slug, problem.versions) == ("wrong-version", (1, 2))
        assert ("newer than" if version == "99" else "too old for") in problem.detail


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nothing", 404), ("GET", CALLS["items.get"].path, 405), ("PUT", "/", 404)]
)
def test_an_address_that_is_none_is_a_problem_too(node: ServedNode, method: str, path: str, status: int) -> None:
    assert problem_in(node.http.request(method, path)).status == status


@pytest.mark.parametrize(
    ("call", "arguments", "error"),
    [
        ("items.get", ("item-404",), NotFound),
        ("contacts.get", ("contact-404",), NotFound),
        ("items.execute", (Pull(item="item-404"),), NotFound),
        ("presence.set_state", (Presence.LOGGED_OFF,), BadInput),
    ],
)
def test_an_error_of_a_service_arrives_as_it_was_raised(
    node: ServedNode, call: str, arguments: tuple[object, ...], error: type[WorkloomError]
) -> None:
    with pytest.raises(error):
        node.log_in("ann").call(call, *arguments)


def test_the_key_of_another_command_is_refused(node: ServedNode) -> None:
    desk = node.log_in("ann")
    node.submit("item-2")
    desk.call("items.execute", Pull(item="item-2"), key="same")
    with pytest.raises(BadInput, match="used for another request"):
        desk.call("items.execute", MarkDone(item="item-2"), key="same")
    with pytest.raises(BadInput, match="longer"):
        desk.call("items.execute", MarkDone(item="item-2"), key="k" * 500)
    assert desk.call("items.execute", MarkDone(item="item-2"), key="other").state is State.FINISHED


def test_a_privilege_that_is_taken_is_missed_at_the_next_request(node: ServedNode) -> None:
    desk = node.log_in("ann")
    query = HistoryQuery(scope=HistoryScope.CONTACT, contact="c")
    desk.call("history.counts", query)
    node.apply(without(CONTACT_HISTORY))
    with pytest.raises(NotAllowed) as caught:
        desk.call("history.counts", query)
    node.apply(site())
    assert caught.value.privilege == CONTACT_HISTORY


def test_wrong_passwords_are_slowed_down_with_one_message_for_all_causes(node: ServedNode) -> None:
    call = CALLS["authenticate"]

    def tries(user: str) -> list[str]:
        answers = [node.http.post(call.path, content=call.encode_arguments(user, "wrong")) for _ in range(4)]
        assert int(answers[-1].headers["retry-after"]) > 0
        return [problem_in(answer).detail for answer in answers]

    assert tries("bob") == tries("nobody-of-that-name")
    with pytest.raises(LoginFailed) as caught:
        node.log_in("bob")
    assert caught.value.wait_seconds > 0


def test_a_flood_is_told_to_wait_and_others_are_served(tmp_path_factory: pytest.TempPathFactory) -> None:
    limits = {"person_rate": 1.0, "person_burst": 5.0, "address_login_rate": 1.0, "address_login_burst": 12.0}
    with served(tmp_path_factory.mktemp("flood"), site(), **limits) as node:
        ann, bob = node.log_in("ann"), node.log_in("bob")
        for _ in range(5):
            ann.call("items.offers")
        with pytest.raises(TooOften) as caught:
            ann.call("items.offers")
        assert 0 < caught.value.wait_seconds <= 1
        bob.call("items.offers")
        call = CALLS["authenticate"]
        answers = [node.http.post(call.path, content=encode({"user": f"u{n}", "password": "x"})) for n in range(12)]
        assert answers[-1].status_code == 429
        assert answers[0].status_code == 401


def test_an_offer_that_is_gone_says_so(node: ServedNode) -> None:
    node.submit("item-3")
    with pytest.raises(OfferGone):
        node.log_in("ann").call("items.execute", Accept(item="item-3", ticket="ticket-404"))


def test_a_node_whose_threads_all_wait_says_that_it_lives(tmp_path: Path) -> None:
    with served(tmp_path, site(), threads=1) as node:
        ann = node.log_in("ann")
        with ThreadPoolExecutor(1) as desktop:
            with node.node.engine.store.transaction() as busy:
                busy.tokens.prune(datetime.now(UTC))
                waits = desktop.submit(ann.call, "presence.set_state", Presence.NOT_READY)
                sleep(0.3)  # it is at the store by now
                assert node.http.get("/health").json() == {"status": "alive"}
                assert node.http.get("/ready").json() == {"status": "ready"}
                assert node.http.get(INFO_PATH).status_code == 200
                assert not waits.done()
            waits.result(PATIENCE)


def test_the_node_says_that_it_lives_is_ready_and_what_it_counts(node: ServedNode) -> None:
    assert node.http.get("/health").json() == {"status": "alive"}
    assert node.http.get("/ready").json() == {"status": "ready"}
    ann = node.log_in("ann")
    for item in ("counted-1", "counted-2"):
        node.submit(item)
    ann.call("items.execute", Pull(item="counted-1"))

    def counted() -> bool:
        figures = node.http.get("/metrics").text
        with node.node.engine.store.reading() as reader:
            waiting = reader.lists.queue_loads()["shelf"].waiting
        return f'workloom_queue_waiting{{queue="shelf"}} {float(waiting)}' in figures and (
            'workloom_events_total{kind="pulled"}' in figures
        )

    wait_until(counted)
    figures = node.http.get("/metrics").text
    assert 'workloom_requests_total{route="health",status="200"}' in figures
    assert 'workloom_request_seconds_count{route="items.execute"}' in figures


def test_heartbeats_are_written_together_a_moment_later(node: ServedNode) -> None:
    desks = [node.log_in(name) for name in ("ann", "cid")]
    begun = datetime.now(UTC)
    with node.node.engine.store.transaction() as transaction:
        for desk in desks:
            transaction.sessions.seen(desk.session, datetime.now(UTC) - timedelta(seconds=5))
    assert {desk.call("presence.heartbeat") for desk in desks} == {5.0}

    def all_seen() -> bool:
        with node.node.engine.store.reading() as reader:
            sessions = [reader.sessions.get(desk.session) for desk in desks]
            return all(session is not None and session.last_seen_at > begun for session in sessions)

    wait_until(all_seen)
    node.node.container.tokens().end_sessions("cid")
    with pytest.raises(SessionEnded):
        desks[-1].call("presence.heartbeat")


def test_a_heartbeat_waits_for_no_request_of_others(tmp_path: Path) -> None:
    with served(tmp_path, site(), threads=1) as node, ThreadPoolExecutor(1) as aside:
        ann, bob, item = node.log_in("ann"), node.log_in("bob"), node.submit("item-1")
        with node.node.engine.store.transaction():
            slow = aside.submit(ann.call, "items.execute", Pull(item=item))
            wait_until(slow.running)
            sleep(0.2)
            assert bob.call("presence.heartbeat") == site().timers.heartbeat
            assert not slow.done()
        assert slow.result(PATIENCE).assigned_to == "ann"


def test_heartbeats_that_have_come_are_written_when_the_node_stops(tmp_path: Path) -> None:
    with served(tmp_path, site(), heartbeats_together=60.0) as node:
        desk = node.log_in("ann")
        long_ago = datetime.now(UTC) - timedelta(seconds=20)
        with node.node.engine.store.transaction() as transaction:
            transaction.sessions.seen(desk.session, long_ago)
        sleep(0.1)
        desk.call("presence.heartbeat")
        node.node.stop_background()
        with node.node.engine.store.reading() as reader:
            session = reader.sessions.get(desk.session)
    assert session is not None
    assert session.last_seen_at > long_ago


def test_figures_can_be_kept_for_those_who_have_the_token(tmp_path: Path) -> None:
    with served(tmp_path, site(), metrics_token="figures-1") as node:
        shown = [
            node.http.get("/metrics", headers=headers)
            for headers in ({}, {"Authorization": "Bearer figures-2"}, {"Authorization": "Bearer figures-1"})
        ]
    assert [answer.status_code for answer in shown] == [401, 401, 200]
    assert "workloom_requests" not in shown[0].text + shown[1].text


@pytest.mark.parametrize(
    ("environment", "database"),
    [
        ({"WORKLOOM_DATABASE": "postgresql://a/b"}, "postgresql://a/b"),
        ({"WORKLOOM_DATABASE": "postgresql://a/b", "WORKLOOM_SERVER_DATABASE": "postgresql://a/c"}, "postgresql://a/c"),
        ({"WORKLOOM_DATABASE": "postgresql://a/b", "WORKLOOM_SERVER_DATA": "/srv/data"}, ""),
        ({}, ""),
    ],
)
def test_a_node_is_on_the_database_of_all_commands_unless_it_has_another_place(
    environment: dict[str, str], database: str
) -> None:
    assert read_settings("", environment).database == database
