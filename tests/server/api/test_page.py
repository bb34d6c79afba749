"""The page of the API does what it says: its requests are sent in turn, and answered as they stand there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, json
from msgspec.structs import replace

from tests.architecture.sources import ROOT
from tests.server.api.office import Office, site
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import Client
from workloom.services.digests import digest

PAGE = ROOT / "docs" / "reference" / "http-api.md"
BLOCK = re.compile(r"^```http\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
TOKEN = "client-token-of-the-page"


class Example(Struct, frozen=True, kw_only=True):
    """One request of the page, and what is said of its answer."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str
    status: int
    answer: Any


def examples() -> Iterator[Example]:
    for block in BLOCK.findall(PAGE.read_text("utf-8")):
        sent, _, answered = block.rpartition("\n→ ")
        head, _, body = sent.partition("\n\n")
        first, *headers = head.splitlines()
        method, path = first.split()
        status, _, answer = answered.partition(" ")
        yield Example(
            method=method,
            path=path,
            headers={name.lower(): value for name, value in (line.split(": ", 1) for line in headers)},
            body=body.strip(),
            status=int(status),
            answer=json.decode(answer) if answer else None,
        )


def is_said(said: Any, found: Any) -> bool:
    """Whether what the page says is part of what was answered."""
    if isinstance(said, dict):
        return all(key in found and is_said(value, found[key]) for key, value in said.items())
    return bool(said == found)


def test_each_request_of_the_page_is_answered_as_it_says(office: Office) -> None:
    monitor = Client(
        name="monitor",
        capture_points=("servicedesk",),
        privileges=CORE_PRIVILEGES,
        token_hashes=(digest(TOKEN),),
    )
    office.engine.configuration.apply(replace(site(), clients={"monitor": monitor}), {})
    found = list(examples())
    assert len(found) >= 10
    for example in found:
        headers = {"authorization": f"Bearer {TOKEN}"}
        if example.body:
            headers["content-type"] = "application/json"
        answer = office.http.request(
            example.method, example.path, content=example.body.encode(), headers={**headers, **example.headers}
        )
        assert answer.status_code == example.status, (example, answer.text)
        assert example.answer is None or is_said(example.answer, answer.json()), (example, answer.text)
