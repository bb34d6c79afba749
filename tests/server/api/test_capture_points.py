"""Messages over HTTP: what each address does, answers and refuses."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.server.api.office import LARGEST, POINT, Office
from workloom.domain.capture import ITEM_FIELDS
from workloom.domain.interaction import State
from workloom.server.http_api.capture_types import MOST_MESSAGES, Content

ITEMS = f"{POINT}/items"
JAM = {"capture_id": "INC-1", "subject": "Paper jam", "priority": 5, "attached": {"Room": "12"}}


@pytest.fixture
def jam(office: Office) -> dict[str, Any]:
    answer = office.ask("POST", ITEMS, JAM)
    assert answer.status_code == 201
    found: dict[str, Any] = answer.json()["item"]
    return found


def test_a_create_answers_with_the_item_its_place_and_its_tag(office: Office) -> None:
    answer = office.ask("POST", ITEMS, {**JAM, "due_at": "2026-12-01T10:00:00+02:00"})
    assert (answer.status_code, answer.headers["etag"]) == (201, '"0"')
    assert answer.headers["location"] == f"{ITEMS}/INC-1"
    item = answer.json()["item"]
    assert (item["state"], item["queue"], item["media_type"]) == ("queued", "servicedesk", "incident")
    assert (item["due_at"], item["attached"]) == ("2026-12-01T08:00:00Z", {"Room": "12", "Subject": "Paper jam"})
    read = office.ask("GET", answer.headers["location"])
    assert (read.status_code, read.json(), read.headers["etag"]) == (200, item, '"0"')


def test_a_second_create_answers_with_the_same_item_and_200(office: Office, jam: dict[str, Any]) -> None:
    before = office.items()
    again = office.ask("POST", ITEMS, {**JAM, "subject": "Other"})
    assert (again.status_code, again.json()["result"], again.json()["item"]) == (200, "unchanged", jam)
    assert office.items() == before


@pytest.mark.parametrize("capture_id", ["a/b", "ü €", "x/holds", "50%", "?q=1#f", "items", "ping"])
def test_an_id_may_hold_whatever_an_address_can_quote(office: Office, capture_id: str) -> None:
    created = office.ask("POST", ITEMS, {**JAM, "capture_id": capture_id})
    place = created.headers["location"]
    assert office.ask("GET", place).json()["capture_id"] == capture_id
    assert office.ask("POST", f"{place}/hold").json()["item"]["held"]
    assert office.ask("POST", f"{place}/resume").json()["item"]["capture_id"] == capture_id


def test_the_life_of_an_item_by_its_interaction_id(office: Office, jam: dict[str, Any]) -> None:
    by = f"{ITEMS}/{jam['interaction_id']}"
    steps = [("hold", "queued"), ("resume", "queued"), ("complete", "finished"), ("restart", "queued")]
    for verb, state in [*steps, ("cancel", "finished")]:
        answer = office.ask("POST", f"{by}/{verb}", {"revision": verb}, params={"by": "interaction-id"})
        assert (answer.status_code, answer.json()["item"]["state"]) == (200, state)
    refused = office.ask("POST", f"{by}/hold", params={"by": "interaction-id"})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:workloom:problem:finished")
    assert "Send a restart" in refused.json()["detail"]


def test_an_update_sets_and_takes_away_and_says_what_it_did(office: Office, jam: dict[str, Any]) -> None:
    said = {"revision": "2", "category": "Printer", "priority": None, "attached": {"Room": None, "Floor": 3}}
    answer = office.ask("PATCH", f"{ITEMS}/INC-1", said)
    item = answer.json()["item"]
    assert (answer.json()["result"], item["category"], item["priority"]) == ("updated", "Printer", 0)
    assert item["attached"] == {"Subject": "Paper jam", "Floor": 3}
    again = office.ask("PATCH", f"{ITEMS}/INC-1", said)
    assert (again.status_code, again.json()["result"]) == (200, "unchanged")
    assert "taken before" in again.json()["reason"]


def test_a_put_creates_and_then_updates(office: Office) -> None:
    body = {"subject": "Paper jam", "attached": {"Room": "1"}}
    assert office.ask("PUT", f"{ITEMS}/INC-9", body).status_code == 201
    assert office.ask("PUT", f"{ITEMS}/INC-9", body).json()["result"] == "unchanged"
    assert office.ask("PUT", f"{ITEMS}/INC-9", {"subject": "Jam"}).json()["item"]["subject"] == "Jam"


def test_an_idempotency_key_names_a_message_without_a_revision(office: Office, jam: dict[str, Any]) -> None:
    key = {"idempotency-key": "k-1"}
    first = office.ask("POST", f"{ITEMS}/INC-1/complete", headers=key)
    again = office.ask("POST", f"{ITEMS}/INC-1/complete", headers=key)
    assert (first.json()["result"], again.json()["result"], again.status_code) == ("completed", "unchanged", 200)
    assert office.ask("POST", f"{ITEMS}/INC-1/complete").status_code == 409


@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("PATCH", "/INC-1", {"subject": "Other"}),
        ("PATCH", "/INC-1", {"subject": "Jam", "revision": "9"}),
        ("PATCH", "/INC-2", {"subject": "Jam"}),
        ("PUT", "/INC-1", {"subject": "Jam"}),
        ("POST", "/INC-1/hold", {"subject": "Jam"}),
        ("POST", "", {"capture_id": "INC-3"}),
    ],
)
def test_another_request_under_the_same_key_is_refused_and_changes_nothing(
    office: Office, jam: dict[str, Any], method: str, below: str, body: dict[str, Any]
) -> None:
    key = {"idempotency-key": "k-1"}
    assert office.ask("PATCH", f"{ITEMS}/INC-1", {"subject": "Jam"}, headers=key).json()["result"] == "updated"
    before = office.ask("GET", f"{ITEMS}/INC-1").json()
    answer = office.ask(method, ITEMS + below, body, headers=key)
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (409, "urn:workloom:problem:key-reused")
    assert (problem["where"], problem.get("field")) == ("Idempotency-Key", None)
    assert office.ask("GET", f"{ITEMS}/INC-1").json() == before
    assert office.ask("GET", f"{ITEMS}/INC-3").status_code == 404
    again = office.ask("PATCH", f"{ITEMS}/INC-1", {"subject": "Jam"}, headers=key)
    assert (again.status_code, again.json()["result"]) == (200, "unchanged")


def test_an_old_tag_is_refused_with_412(office: Office, jam: dict[str, Any]) -> None:
    with office.engine.store.transaction() as transaction:
        item = transaction.items.get(jam["interaction_id"])
        assert item is not None
        moved = replace(item, state=State.HANDLING, assigned_to="lena", session="s", fence=1)
        transaction.items.save(moved, before=item)
    answer = office.ask("POST", f"{ITEMS}/INC-1/cancel", headers={"if-match": '"0"'})
    assert (answer.status_code, answer.json()["type"]) == (412, "urn:workloom:problem:stale")
    good = office.ask("POST", f"{ITEMS}/INC-1/cancel", headers={"if-match": '"1"'})
    assert (good.status_code, good.headers["etag"]) == (200, '"2"')


def test_many_messages_have_a_status_each(office: Office, jam: dict[str, Any]) -> None:
    messages = [
        {"verb": "create", **JAM, "capture_id": "INC-2"},
        {"verb": "create", **JAM},
        {"verb": "resume", "capture_id": "INC-1"},
        {"verb": "update", "capture_id": "INC-404", "subject": "?"},
        {"verb": "hold", "interaction_id": jam["interaction_id"], "fence": 0},
        {"verb": "hold", "interaction_id": jam["interaction_id"], "fence": 7},
        {"verb": "create", **JAM, "capture_id": "INC-3", "queue": "nowhere"},
    ]
    answer = office.ask("POST", f"{POINT}/bulk", {"messages": messages}).json()
    assert (answer["taken"], answer["failed"]) == (3, 4)
    assert [result["status"] for result in answer["results"]] == [201, 200, 409, 404, 200, 412, 409]
    assert answer["results"][6]["problem"]["field"] == "/messages/6/queue"


def test_a_bulk_request_with_one_bad_shape_is_refused_whole(office: Office) -> None:
    before = office.items()
    messages = [{"verb": "create", **JAM}, {"verb": "create", "capture_id": "X", "attached": {"a": {"b": [1]}}}]
    answer = office.ask("POST", f"{POINT}/bulk", {"messages": messages})
    assert (answer.status_code, answer.json()["field"]) == (400, "/messages/1/attached/a/b")
    many = [{"verb": "hold", "capture_id": "x"}] * (MOST_MESSAGES + 1)
    assert office.ask("POST", f"{POINT}/bulk", {"messages": many}).json()["field"] == "/messages"
    assert office.items() == before


def test_a_cloud_event_is_a_message_and_sent_twice_is_one(office: Office) -> None:
    event = {
        "specversion": "1.0",
        "id": "e-1",
        "source": "/desk",
        "type": "workloom.item.create",
        "subject": "INC-5",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "data": {"subject": "Paper jam"},
    }
    kind = {"content-type": "application/cloudevents+json"}
    assert office.ask("POST", f"{POINT}/events", event, headers=kind).status_code == 201
    done = {**event, "id": "e-2", "type": "workloom.item.complete", "data": {}}
    results = [office.ask("POST", f"{POINT}/events", done, headers=kind).json()["result"] for _ in range(2)]
    assert results == ["completed", "unchanged"]
    assert office.ask("POST", f"{POINT}/events", event).status_code == 415


def test_a_ping_says_who_asks_and_what_time_it_is(office: Office) -> None:
    pong = office.ask("GET", f"{POINT}/ping", who="capture").json()
    assert (pong["point"], pong["client"], pong["title"]) == ("servicedesk", "client:capture", "Service desk export")


def test_a_body_larger_than_the_server_reads_is_refused_except_in_bulk(office: Office) -> None:
    large = {**JAM, "attached": {f"key {number}": "x" * 1000 for number in range(LARGEST // 1000 + 1)}}
    assert office.ask("POST", ITEMS, large).status_code == 413
    assert office.ask("POST", f"{POINT}/bulk", {"messages": [{"verb": "create", **large}]}).json()["taken"] == 1


def test_what_a_message_may_say_is_what_an_import_may_set() -> None:
    own = set(Content.__struct_fields__) - {"attached", "contact"}
    assert own | {"media_type", "queue"} == ITEM_FIELDS
