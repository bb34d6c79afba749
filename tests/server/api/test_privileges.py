"""Nobody does or learns what no privilege allows: every operation, for every kind of caller."""

from datetime import UTC, datetime
from typing import Any, Final

import msgspec
import pytest
from msgspec.structs import replace

from tests.server.api.office import Office, client, site
from tests.server.api.requests import CANARY, MANAGED, PERSON, REQUESTS, Request
from workloom.bootstrap.engine import Engine
from workloom.domain.interaction import Interaction
from workloom.domain.privileges import (
    CORE_PRIVILEGES,
    MANAGEMENT_CASE_EDIT,
    MANAGEMENT_FINISH,
    MANAGEMENT_RESTART,
    MANAGEMENT_TO_QUEUE,
    MANAGEMENT_USE,
)
from workloom.server.http_api.operations import Operation

PASSWORD: Final = "alpenrand"


def ask(office: Office, operation: Operation, request: Request, who: str, **more: Any) -> Any:
    """The answer to the request of the table."""
    path = operation.address.format(**request.path)
    headers = {"content-type": request.content_type} if request.content_type else {}
    headers |= more.pop("headers", {})
    if request.text:
        more["content"] = request.text
    return office.ask(
        operation.method, path, request.body, who=who, params=dict(request.query), headers=headers, **more
    )


def needed(operation: Operation) -> tuple[str, ...]:
    return (operation.privilege, *operation.also)


def prepare(engine: Engine) -> None:
    """What the table of requests speaks of: an item with the canary, and somebody who is logged in."""
    now = datetime.now(UTC)
    item = Interaction(
        id=MANAGED,
        tenant="default",
        media_type="incident",
        queue="servicedesk",
        received_at=now,
        submitted_at=now,
        placed_at=now,
        queue_since={"servicedesk": now},
        attached={"Subject": CANARY},
    )
    with engine.store.transaction() as transaction:
        if transaction.items.get(MANAGED) is None:
            transaction.items.insert(item)
        logged_in = transaction.sessions.of_person(PERSON)
    if logged_in is None:
        engine.configuration.apply(engine.configuration.site(), {PERSON: PASSWORD})
        plan = engine.backend.authenticate(PERSON, PASSWORD)
        engine.backend.log_in(plan.ticket)


def operations(office: Office) -> dict[str, Operation]:
    found = {operation.id: operation for operation in office.api.operations()}
    assert set(found) == set(REQUESTS), "each operation needs a request in the table, and each request an operation"
    return found


def test_every_operation_can_be_carried_out_by_who_holds_its_privilege_and_no_other(office: Office) -> None:
    known = operations(office)
    for name, request in REQUESTS.items():
        operation = known[name]
        own = client("all", ("servicedesk", "scanroom"), tuple(each for each in needed(operation) if each))
        office.engine.configuration.apply(replace(office.engine.configuration.site(), clients={"all": own}), {})
        prepare(office.engine)
        answer = ask(office, operation, request, "all")
        assert answer.status_code in operation.results, (name, answer.text)


def test_without_a_token_or_with_a_wrong_one_nothing_is_done_and_nothing_told(office: Office) -> None:
    known = operations(office)
    ask(office, known["create-item"], REQUESTS["create-item"], "all")
    prepare(office.engine)
    before = office.items()
    for name, request in REQUESTS.items():
        wrong = {"authorization": "Bearer client-token-of-nobody"}
        for answer in (ask(office, known[name], request, ""), ask(office, known[name], request, "", headers=wrong)):
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), name
            assert CANARY not in answer.text
    assert office.items() == before


def hold_only(office: Office, *privileges: str) -> None:
    """Let the client without privileges have these."""
    only = client("nothing", ("servicedesk",), privileges)
    office.engine.configuration.apply(replace(site(), clients={**site().clients, "nothing": only}), {})


def test_each_privilege_alone_opens_its_operations_and_no_other(office: Office) -> None:
    """Those that no operation needs are held together."""
    known = operations(office)
    ask(office, known["create-item"], REQUESTS["create-item"], "all")
    used = {each for operation in known.values() for each in needed(operation) if each}
    for held in (*({one} for one in sorted(used)), set(CORE_PRIVILEGES) - used):
        hold_only(office, *held)
        prepare(office.engine)
        before = office.items()
        for name, request in REQUESTS.items():
            if set(needed(known[name])) - {"", *held}:
                answer = ask(office, known[name], request, "nothing")
                assert (answer.status_code, CANARY in answer.text) == (403, False), (held, name, answer.text)
        assert office.items() == before, held


BULK: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "hold": (MANAGEMENT_USE, {}),
    "resume": (MANAGEMENT_USE, {}),
    "complete": (MANAGEMENT_FINISH, {}),
    "cancel": (MANAGEMENT_FINISH, {}),
    "restart": (MANAGEMENT_RESTART, {}),
    "move": (MANAGEMENT_TO_QUEUE, {"queue": "servicedesk"}),
    "modify": (MANAGEMENT_CASE_EDIT, {"attached": {"Room": "2"}}),
}


def test_what_is_done_with_many_items_needs_the_privilege_of_each_operation(office: Office) -> None:
    operation = operations(office)["manage-items"]
    schema = msgspec.json.schema(operation.body)
    (field,) = (one["properties"]["operation"] for one in schema["$defs"].values() if "operation" in one["properties"])
    assert set(field["enum"]) == BULK.keys()
    for name, (privilege, more) in BULK.items():
        hold_only(office, *(each for each in CORE_PRIVILEGES if each != privilege))
        prepare(office.engine)
        before = office.items()
        request = Request(body={"operation": name, "items": [MANAGED], **more})
        answer = ask(office, operation, request, "nothing")
        said = answer.json()
        if answer.status_code == 200:
            (result,) = said["results"]
            said = result["problem"]
            assert said["status"] == 403, (name, answer.text)
        else:
            assert answer.status_code == 403, (name, answer.text)
        assert said["privilege"] == privilege
        assert CANARY not in answer.text
        assert office.items() == before, name


@pytest.mark.parametrize("who", ["nothing", "but one", "elsewhere"])
def test_without_the_privilege_or_the_point_nothing_is_done_and_nothing_told(office: Office, who: str) -> None:
    known = operations(office)
    ask(office, known["create-item"], REQUESTS["create-item"], "all")
    prepare(office.engine)
    for name, request in REQUESTS.items():
        operation = known[name]
        needs = needed(operation) if who != "elsewhere" else (request.path.get("point", ""),)
        for need in filter(None, needs if who == "but one" else needs[:1]):
            if who == "but one":
                hold_only(office, *(each for each in CORE_PRIVILEGES if each != need))
            before = office.items()
            answer = ask(office, operation, request, "nothing" if who == "but one" else who)
            assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json"), name
            assert CANARY not in answer.text
            if who == "but one":
                assert answer.json()["privilege"] == need
            elif who == "nothing":
                assert answer.json()["privilege"] in needed(operation)
            assert office.items() == before, name


def test_what_is_revoked_is_refused_at_the_next_request(office: Office) -> None:
    known = operations(office)
    for clients in ({"all": replace(site().clients["all"], enabled=False)}, {}):
        office.engine.configuration.apply(site(), {})
        assert ask(office, known["ping"], REQUESTS["ping"], "all").status_code == 200
        office.engine.configuration.apply(replace(site(), clients=clients), {})
        assert ask(office, known["ping"], REQUESTS["ping"], "all").status_code == 401


def test_a_person_may_send_with_the_token_of_a_desktop_and_the_privilege(office: Office) -> None:
    backend, node = office.engine.backend, office.node
    office.engine.configuration.apply(site(), {PERSON: PASSWORD})
    plan = backend.authenticate(PERSON, PASSWORD)
    _session, token = node.container.tokens().log_in(office.engine.login, plan.ticket, "", ())
    known, headers = operations(office), {"authorization": f"Bearer {token}"}
    create = known["create-item"]
    for name in ("create-item", "ping"):
        assert ask(office, known[name], REQUESTS[name], "", headers=headers).status_code == 403
    agent = site().roles["Agent"]
    roles = {**site().roles, "Agent": replace(agent, privileges=(*agent.privileges, create.privilege))}
    office.engine.configuration.apply(replace(site(), roles=roles), {PERSON: PASSWORD})
    assert ask(office, create, REQUESTS["create-item"], "", headers=headers).status_code == 201
    assert ask(office, known["ping"], REQUESTS["ping"], "", headers=headers).status_code == 200
