"""Each command of a desktop has a key of its own: asked again after a lost answer, it is carried out once."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import get_ident
from typing import Any

import httpx2
import pytest
from msgspec import Struct

from tests.contract.engine.office import PASSWORD
from tests.contract.engine.office import site as office_site
from tests.server.asked import arguments_of, reads
from tests.server.matrix import fill
from tests.server.nodes import Desk, ServedNode, checked, problem_in, served
from tests.server.proxy import Proxy
from workloom.adapters.remote.backend import RemoteBackend
from workloom.api.services import Services
from workloom.domain.commands import AddNote, Pull
from workloom.domain.errors import WorkloomError
from workloom.domain.options import OptionLayer
from workloom.domain.presence import Presence
from workloom.domain.targets import Target, TargetRow, TargetType
from workloom.wire import CALLS, KEY_HEADER
from workloom.wire.calls import UNKEYED

UNLIMITED: dict[str, Any] = {"person_rate": 0.0, "address_login_rate": 0.0}
BOB = TargetRow(target=Target(type=TargetType.AGENT, id="bob"), title="Bob")
CID = TargetRow(target=Target(type=TargetType.AGENT, id="cid"), title="Cid")


class Case(Struct, frozen=True):
    """Two commands of one call. `before`: what must be done first; `between`: what undoes it, and must not be undone by
    a repetition; `shows`: what an agent sees of it.
    """

    one: tuple[Any, ...]
    other: tuple[Any, ...]
    shows: Callable[[Services], object]
    before: Callable[[Services], object] = lambda _: None
    between: Callable[[Services], object] = lambda _: None


def states(services: Services) -> object:
    return [channel.state for channel in services.presence.session().channels]


CASES = {
    "items.execute": Case(
        (AddNote(item="i", text="One"),),
        (AddNote(item="i", text="Two"),),
        shows=lambda ann: [note.text for note in ann.items.notes("i")],
        before=lambda ann: ann.items.execute(Pull(item="i")),
    ),
    "presence.set_state": Case(
        (Presence.DND,),
        (Presence.NOT_READY,),
        shows=states,
        between=lambda ann: ann.presence.set_state(Presence.READY),
    ),
    "directory.set_favourite": Case(
        (BOB, True),
        (CID, True),
        shows=lambda ann: [row.target.id for row in ann.directory.favourites(item="")],
        between=lambda ann: ann.directory.set_favourite(BOB, favourite=False),
    ),
}
CASES["configuration.set_option"] = Case(
    ("desktop.language", "de", OptionLayer()),
    ("desktop.language", "fr", OptionLayer()),
    shows=lambda ann: ann.configuration.options().text("desktop.language"),
    between=lambda ann: ann.configuration.set_option("desktop.language", "it", OptionLayer()),
)
ENDS = {"log_in", "presence.log_off"}
"""Commands that begin and end the session: they have tests of their own."""


@pytest.fixture
def node(tmp_path: Path) -> Iterator[ServedNode]:
    with served(tmp_path / "data", office_site(), **UNLIMITED) as node:
        node.submit("i")
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


def log_in(backend: RemoteBackend) -> str:
    plan = backend.authenticate("ann", PASSWORD)
    return backend.log_in(plan.ticket, channels=tuple(each.media_type for each in plan.channels))


def log(node: ServedNode) -> list[str]:
    with node.node.engine.store.reading() as reader:
        return [event.kind.value for event in reader.events.after(0, limit=500)]


def ask(desk: Desk, name: str, given: tuple[Any, ...], key: str) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {desk.token}", KEY_HEADER: key}
    return desk.http.post(CALLS[name].path, content=CALLS[name].encode_arguments(*given), headers=headers)


def test_each_command_has_a_case_here() -> None:
    assert {call.name for call in CALLS.values() if call.keyed} == CASES.keys() | ENDS


def test_what_has_no_key_writes_nothing_or_has_a_reason(node: ServedNode, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(node)
    services = node.node.engine.backend.services(node.log_in("ann").session)
    store, me, written = node.node.engine.store, get_ident(), list[str]()
    transaction, asked = store.transaction, ""

    def noted(*given: Any, **named: Any) -> Any:
        if get_ident() == me:
            written.append(asked)
        return transaction(*given, **named)

    monkeypatch.setattr(store, "transaction", noted)
    for call in reads():
        for arguments in arguments_of(call):
            asked = call.name
            try:
                getattr(getattr(services, call.service), call.function)(**arguments)
            except WorkloomError:
                continue
    assert set(written) == UNKEYED.keys() - {"authenticate"}


@pytest.mark.parametrize("name", CASES)
def test_a_command_whose_answer_is_lost_is_carried_out_once(
    node: ServedNode, proxy: Proxy, backend: RemoteBackend, name: str
) -> None:
    ann, case = backend.services(log_in(backend)), CASES[name]
    case.before(ann)
    begun = log(node)
    proxy.only, proxy.lose_answers = CALLS[name].path, 1
    service, _, function = name.partition(".")
    getattr(getattr(ann, service), function)(*case.one)
    assert proxy.lost == 1
    assert len(log(node)) <= len(begun) + len(ann.presence.session().channels)
    assert case.shows(ann)


@pytest.mark.parametrize("name", CASES)
def test_under_its_key_a_command_changes_nothing_more_and_another_one_is_refused(node: ServedNode, name: str) -> None:
    desk, case = node.log_in("ann"), CASES[name]
    ann = node.node.engine.backend.services(desk.session)
    case.before(ann)
    checked(ask(desk, name, case.one, "k"))
    case.between(ann)
    shown, told = case.shows(ann), log(node)
    checked(ask(desk, name, case.one, "k"))
    assert (case.shows(ann), log(node)) == (shown, told)
    problem = problem_in(ask(desk, name, case.other, "k"))
    assert (problem.status, problem.slug, problem.where) == (409, "key-reused", KEY_HEADER)
    assert (case.shows(ann), log(node)) == (shown, told)
    checked(ask(desk, name, case.other, "k2"))
    assert case.shows(ann) != shown


def test_a_login_whose_answer_is_lost_begins_one_session(
    node: ServedNode, proxy: Proxy, backend: RemoteBackend
) -> None:
    proxy.only, proxy.lose_answers = CALLS["log_in"].path, 1
    session = log_in(backend)
    assert proxy.lost == 1
    assert backend.services(session).presence.session().id == session
    assert log(node).count("logged-in") == 1
    assert "logged-off" not in log(node)


def test_a_ticket_is_good_once_but_under_its_key(node: ServedNode) -> None:
    plan = node.plan("ann")
    first = CALLS["log_in"]
    body = first.encode_arguments(plan.ticket)
    sent = [node.http.post(first.path, content=body, headers={KEY_HEADER: key}) for key in ("k", "k", "other", "")]
    one, again = (first.decode_result(checked(answer)) for answer in sent[:2])
    assert one.session == again.session
    assert one.token != again.token
    assert [problem_in(answer).slug for answer in sent[2:]] == ["login-failed"] * 2
    desk = Desk(node.http, again.session, again.token)
    assert desk.call("presence.session").person == "ann"
    assert (
        node.http.post(CALLS["items.offers"].path, headers={"Authorization": f"Bearer {one.token}"}).status_code == 401
    )
    desk.call("presence.log_off")
    over = problem_in(node.http.post(first.path, content=body, headers={KEY_HEADER: "k"}))
    assert (over.slug, "ended meanwhile" in over.detail) == ("login-failed", True)


def test_a_log_off_whose_answer_is_lost_is_one(node: ServedNode, proxy: Proxy, backend: RemoteBackend) -> None:
    ann = backend.services(log_in(backend))
    proxy.only, proxy.lose_answers = CALLS["presence.log_off"].path, 1
    ann.presence.log_off()
    assert proxy.lost == 1
    assert log(node).count("logged-off") == 1


def test_a_key_of_another_command_ends_no_session(node: ServedNode) -> None:
    desk = node.log_in("ann")
    checked(ask(desk, "presence.set_state", (Presence.DND,), "k"))
    assert problem_in(ask(desk, "presence.log_off", (), "k")).slug == "key-reused"
    assert desk.call("presence.session").person == "ann"
