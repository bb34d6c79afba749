"""Whatever is sent, the answer is a problem that says where and what, and nothing has changed."""

from typing import Any

import pytest

from tests.server.api.office import POINT, Office

ITEMS = f"{POINT}/items"
GOOD = b'{"capture_id": "A"}'


def refused(office: Office, content: bytes, **headers: str) -> dict[str, Any]:
    """The problem of a body that is refused, after which nothing has changed."""
    before = office.items()
    sent = {"content-type": "application/json", **headers}
    answer = office.ask("POST", ITEMS, content=content, headers=sent)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert office.items() == before
    found: dict[str, Any] = answer.json()
    assert (answer.status_code, found["status"]) == (400, 400), found
    assert found["detail"].endswith(".")
    return found


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ('{"capture_id": 7}', "/capture_id", "Expected `str`, got `int`"),
        ("{}", "/capture_id", "missing required field"),
        ('{"capture_id": ""}', "/capture_id", "length >= 1"),
        ('{"capture_id": "a\\nb"}', "/capture_id", ""),
        ('{"capture_id": "a\\u0000"}', "/capture_id", ""),
        ('{"capture_id": "A", "colour": "red"}', "/colour", "unknown field"),
        ('{"capture_id": "A", "priority": "high"}', "/priority", "Expected `int | null`, got `str`"),
        ('{"capture_id": "A", "priority": 1.5}', "/priority", "got `float`"),
        ('{"capture_id": "A", "priority": 99999999999}', "/priority", "2147483648"),
        ('{"capture_id": "A", "subject": true}', "/subject", "got `bool`"),
        ('{"capture_id": "A", "subject": "\\u0000"}', "/subject", "matching regex"),
        ('{"capture_id": "A", "due_at": "tomorrow"}', "/due_at", "Invalid RFC3339"),
        ('{"capture_id": "A", "due_at": "2026-11-26T10:00:00"}', "/due_at", "timezone"),
        ('{"capture_id": "A", "due_at": 1790000000}', "/due_at", "got `int`"),
        ('{"capture_id": "A", "contact": {"name": "Ivo"}}', "/contact/name", "unknown field"),
        ('{"capture_id": "A", "contact": {"key": "", "attributes": {}}}', "/contact/key", "length >= 1"),
        ('{"capture_id": "A", "attached": []}', "/attached", "Expected `object`, got `array`"),
        ('{"capture_id": "A", "attached": {"a": [1]}}', "/attached/a", "found an array"),
        ('{"capture_id": "A", "attached": {"a": 1.5}}', "/attached/a", "a number with a fraction"),
        ('{"capture_id": "A", "attached": {"a": false}}', "/attached/a", "found true or false"),
        ('{"capture_id": "A", "attached": {"a": {"b/c~d": null}}}', "/attached/a/b~1c~0d", "found null"),
        ('{"capture_id": "A", "attached": {"": 1}}', "/attached/", "1 to 200 characters"),
        ('{"capture_id": "A", "attached": {"a": 9007199254740992}}', "/attached/a", "found a larger one"),
        ('{"capture_id": "A", "attached": {"a": "x\\u0000y"}}', "/attached/a", "U+0000"),
        ("[]", "", "Expected `object`, got `array`"),
        ("null", "", "Expected `object`, got `null`"),
    ],
)
def test_what_does_not_fit_is_told_by_its_pointer(office: Office, body: str, field: str, words: str) -> None:
    problem = refused(office, body.encode())
    assert problem.get("field", "") == field
    assert words in problem["detail"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"capture_id=A",
        b'{"capture_id": NaN}',
        b'{"capture_id": "A", "priority": 1e999}',
        b'{"capture_id": "\xff"}',
        b'{"capture_id": "\\ud800"}',
        GOOD.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + GOOD,
        GOOD + GOOD,
        b"[" * 100_000,
        b'{"capture_id": "A", "attached": ' + b'{"a": ' * 30_000 + b"1" + b"}" * 30_000 + b"}",
    ],
    ids=lambda content: repr(content[:24]),
)
def test_what_is_no_json_in_utf8_or_too_deep_is_refused(office: Office, content: bytes) -> None:
    refused(office, content)


def test_lists_in_one_another_have_a_limit_that_is_told(office: Office) -> None:
    deep: Any = 1
    for _ in range(10):
        deep = {"a": deep}
    answer = office.ask("POST", ITEMS, {"capture_id": "A", "attached": deep})
    assert (answer.status_code, answer.json()["field"]) == (400, "/attached" + "/a" * 9)
    assert office.ask("POST", ITEMS, {"capture_id": "A", "attached": deep["a"]}).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "application/cloudevents+json"])
def test_a_body_of_another_type_is_refused(office: Office, kind: str) -> None:
    answer = office.ask("POST", ITEMS, content=GOOD, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["status"]) == (415, 415)


@pytest.mark.parametrize(
    ("method", "path", "headers", "where"),
    [
        ("GET", "A?by=name", {}, "query by"),
        ("GET", "A?By=capture-id", {}, "query By"),
        ("GET", "x" * 201, {}, "path id"),
        ("GET", "a%00b", {}, "path id"),
        ("POST", "A/hold", {"if-match": "*"}, "header If-Match"),
        ("POST", "A/hold", {"if-match": '"-1"'}, "header If-Match"),
        ("POST", "A/hold", {"idempotency-key": "k" * 201}, "header Idempotency-Key"),
    ],
)
def test_a_bad_path_query_or_header_is_named(
    office: Office, method: str, path: str, headers: dict[str, str], where: str
) -> None:
    answer = office.ask(method, f"{ITEMS}/{path}", headers=headers)
    assert (answer.status_code, answer.json()["where"]) == (400, where)


def test_an_address_that_is_no_utf8_names_nothing(office: Office) -> None:
    assert office.ask("GET", f"{ITEMS}/%ff").status_code == 404


def test_a_body_where_none_belongs_and_a_method_that_there_is_not_are_refused(office: Office) -> None:
    assert office.ask("GET", f"{ITEMS}/A", {"x": 1}).status_code == 400
    answer = office.ask("PUT", f"{ITEMS}/A/hold", {"subject": "?"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert office.ask("GET", f"{ITEMS}/A").status_code == 404
    assert office.ask("GET", "/api/v1/nowhere").status_code == 404


@pytest.mark.parametrize("days", [-1, 1])
def test_a_source_whose_clock_is_a_day_wrong_harms_nothing(office: Office, days: int) -> None:
    at = f"2026-11-{26 + days}T10:00:00.000000001+14:00"
    body = {"capture_id": "A", "source_created_at": at, "due_at": at, "activation_at": at}
    created = office.ask("POST", ITEMS, body)
    assert created.status_code == 201
    item = office.ask("GET", f"{ITEMS}/A").json()
    assert item["source_created_at"] == f"2026-11-{25 + days}T20:00:00Z"
    assert item["received_at"] != item["source_created_at"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-05:00"])
def test_a_time_for_which_utc_has_no_year_is_refused(office: Office, at: str) -> None:
    answer = office.ask("POST", ITEMS, {"capture_id": "A", "due_at": at})
    assert (answer.status_code, answer.json()["field"]) == (409, "/due_at")


def test_a_name_that_the_site_does_not_have_is_no_mistake_of_shape(office: Office) -> None:
    answer = office.ask("POST", ITEMS, {"capture_id": "A", "queue": "nowhere"})
    assert (answer.status_code, answer.json()["field"]) == (409, "/queue")
    assert answer.json()["detail"] == "The queue “nowhere” is not known."


@pytest.mark.parametrize(
    ("below", "where"), [("A?by=colour", "query by"), ("A?colour=red", "query colour"), ("A" * 300, "path id")]
)
def test_what_is_wrong_beside_the_body_is_named_and_has_no_pointer(office: Office, below: str, where: str) -> None:
    problem = office.ask("GET", f"{ITEMS}/{below}").json()
    assert (problem["status"], problem["where"], problem.get("field")) == (400, where, None)
