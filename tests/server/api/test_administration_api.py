"""Administration and the task list over HTTP: what is answered, and what is refused by which field."""

from typing import Any

import pytest

from tests.server.api.office import POINT, Office
from workloom.services.administration import FIELDS

BASE = "/api/v1/administration"


def made(office: Office, *numbers: str) -> list[str]:
    """Items of the service desk; their interaction ids."""
    messages = [{"verb": "create", "capture_id": number, "subject": f"Jam {number}"} for number in numbers]
    results = office.ask("POST", f"{POINT}/bulk", {"messages": messages}).json()["results"]
    return [result["interaction_id"] for result in results]


@pytest.mark.parametrize("kind", FIELDS)
def test_each_object_that_is_read_can_be_sent_back_and_changes_nothing(office: Office, kind: str) -> None:
    page = office.ask("GET", f"{BASE}/objects/{kind}", params={"limit": 500}).json()
    assert page["total"] == len(page["rows"]) > 0
    for row in page["rows"]:
        one = office.ask("GET", f"{BASE}/objects/{kind}/{row['name']}")
        assert one.json() == row
        same = office.ask("PUT", f"{BASE}/objects/{kind}/{row['name']}", row, headers={"if-match": one.headers["etag"]})
        assert (same.status_code, same.json().get("changes")) == (200, []), (row, same.text)


@pytest.mark.parametrize(
    ("kind", "body", "status", "field"),
    [
        ("queues", {"kind": "queues", "colour": "red"}, 400, "/colour"),
        ("queues", {"title": "VIP"}, 400, "/kind"),
        ("queues", {"kind": "bins"}, 400, "/kind"),
        ("queues", {"kind": "queues", "media_types": "claim"}, 400, "/media_types"),
        ("queues", {"kind": "workbins"}, 409, "/kind"),
        ("queues", {"kind": "queues", "name": "other"}, 409, "/name"),
        ("queues", {"kind": "queues", "media_types": ["letter"]}, 409, "/media_types/0"),
        ("workbins", {"kind": "workbins", "owner": "everybody"}, 409, "/owner"),
        ("strategies", {"kind": "strategies", "steps": [{"agents": ["ghost"]}]}, 409, "/steps/0/agents/0"),
        ("persons", {"kind": "persons", "employee_id": "9", "password": "x"}, 400, "/password"),
        ("roles", {"kind": "roles", "privileges": ["a\0b"]}, 400, "/privileges/0"),
        ("groups", {"kind": "groups", "options": {"a/b": "x\0y"}}, 409, "/options/a~1b"),
    ],
)
def test_a_bad_object_is_refused_by_the_pointer_of_what_is_wrong(
    office: Office, kind: str, body: dict[str, Any], status: int, field: str
) -> None:
    before = office.items()
    answer = office.ask("PUT", f"{BASE}/objects/{kind}/new", body)
    assert (answer.status_code, answer.json().get("field")) == (status, field), answer.text
    assert office.items() == before


def test_a_name_with_a_slash_is_a_name(office: Office) -> None:
    place = f"{BASE}/objects/roles/a%2Fb%20c"
    created = office.ask("PUT", place, {"kind": "roles"})
    assert (created.status_code, created.headers["location"]) == (201, place)
    assert office.ask("GET", place).json()["name"] == "a/b c"
    assert office.ask("DELETE", place).json()["changes"][0]["removed"] == ["a/b c"]


def test_the_site_goes_out_and_comes_back_and_an_old_version_is_refused(office: Office) -> None:
    read = office.ask("GET", f"{BASE}/site")
    tag = {"if-match": read.headers["etag"]}
    text = read.json()["toml"].replace("Alpenrand Insurance", "Alpenrand")
    assert "argon2" not in text
    applied = office.ask("PUT", f"{BASE}/site", {"toml": text}, headers=tag)
    assert (applied.status_code, applied.json()["changes"][0]["kind"]) == (200, "settings")
    late = office.ask("PUT", f"{BASE}/site", {"toml": text}, headers=tag)
    assert (late.status_code, late.json()["type"]) == (412, "urn:workloom:problem:stale")
    bad = office.ask("PUT", f"{BASE}/site", {"toml": text.replace("queue =", "kueue =", 1)})
    assert bad.status_code == 409
    assert "“kueue” is not known; did you mean “queue”?" in bad.json()["detail"]


def test_one_operation_on_many_items_reports_each(office: Office) -> None:
    items = made(office, "A", "B", "C")
    assert office.ask("POST", f"{BASE}/items/{items[1]}/cancel").json()["outcome"] == "canceled"
    answer = office.ask("POST", f"{BASE}/items/bulk", {"operation": "complete", "items": [*items, "ghost"]}).json()
    assert (answer["changed"], answer["failed"]) == (2, 2)
    assert [result["status"] for result in answer["results"]] == [200, 409, 200, 404]
    for body, field in (
        ({"operation": "move", "items": items}, "/queue"),
        ({"operation": "hold", "items": items, "queue": "servicedesk"}, "/queue"),
        ({"operation": "modify", "items": items, "attached": {"a": 1.5}}, "/attached/a"),
    ):
        refused = office.ask("POST", f"{BASE}/items/bulk", body)
        assert (refused.status_code in (400, 409), refused.json()["field"]) == (True, field)


def test_an_item_is_found_changed_and_its_history_read(office: Office) -> None:
    (item,) = made(office, "INC-9")
    (row,) = office.ask("GET", f"{BASE}/items", params={"number": "INC-9"}).json()["rows"]
    assert (row["interaction_id"], row["where"]) == (item, "Queue “Service desk”")
    changed = office.ask(
        "POST", f"{BASE}/items/{item}/modify", {"attached": {"Room": "7"}}, headers={"if-match": '"0"'}
    )
    assert changed.json()["attached"]["Room"] == "7"
    held = office.ask("POST", f"{BASE}/items/{item}/hold", {"until": "2099-01-01T00:00:00Z"})
    assert (held.json()["held"], held.json()["held_until"]) == (True, "2099-01-01T00:00:00Z")
    history = office.ask("GET", f"{BASE}/items/{item}/history").json()
    assert [event["kind"] for event in history["events"]] == ["submitted", "properties-changed", "held"]
    assert history["events"][1]["actor"] == "client:all"
    assert office.ask("GET", f"{BASE}/items/ghost").status_code == 404


def test_the_same_idempotency_key_changes_nothing_more(office: Office) -> None:
    (item,) = made(office, "INC-9")
    key = {"idempotency-key": "k"}
    answers = [office.ask("POST", f"{BASE}/items/{item}/cancel", headers=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert office.ask("POST", f"{BASE}/items/{item}/cancel").status_code == 409
    other = office.ask("POST", f"{BASE}/items/{item}/restart", headers=key)
    assert (other.status_code, other.json()["where"]) == (409, "Idempotency-Key")
    assert office.ask("GET", f"{BASE}/items/{item}").json()["state"] == "finished"


def test_a_session_is_listed_without_its_id_and_ended(office: Office) -> None:
    office.engine.configuration.apply(office.engine.configuration.site(), {"lena": "alpenrand"})
    session = office.engine.backend.log_in(office.engine.backend.authenticate("lena", "alpenrand").ticket)
    listed = office.ask("GET", f"{BASE}/sessions")
    assert [row["person"] for row in listed.json()["rows"]] == ["lena"]
    assert session not in listed.text
    assert office.ask("DELETE", f"{BASE}/sessions/lena").status_code == 204
    assert office.ask("DELETE", f"{BASE}/sessions/lena").status_code == 404
    short = office.ask("PUT", f"{BASE}/persons/lena/password", {"password": "short"})
    assert (short.status_code, short.json()["field"]) == (400, "/password")
