"""Two nodes on one PostgreSQL: every operation works there, and sources that send the same at once make one item."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.server.api.office import POINT, TOKENS, site
from tests.server.api.requests import REQUESTS
from tests.server.api.test_privileges import prepare
from tests.server.nodes import ServedNode, served

Pair = tuple[ServedNode, ServedNode]
MESSAGES = 60


@pytest.fixture
def nodes(database: str, tmp_path: Path) -> Iterator[Pair]:
    settings = {"database": database, "database_connections": 8, "client_rate": 0.0, "person_rate": 0.0}
    with served(tmp_path, site(), **settings) as first, served(tmp_path, None, **settings) as second:
        yield first, second


def ask(node: ServedNode, method: str, path: str, body: Any = None, **more: Any) -> httpx2.Response:
    headers = {"authorization": f"Bearer {TOKENS['all']}", **more.pop("headers", {})}
    return node.http.request(method, path, json=body, headers=headers, **more)


def test_every_operation_is_carried_out_on_postgresql(nodes: Pair) -> None:
    first, second = nodes
    prepare(first.node.engine)
    operations = {operation.id: operation for operation in first.node.container.api().operations()}
    for number, (name, request) in enumerate(REQUESTS.items()):
        operation = operations[name]
        headers = {"content-type": request.content_type} if request.content_type else {}
        path = operation.address.format(**request.path)
        node = (first, second)[number % 2]
        answer = ask(node, operation.method, path, request.body, params=dict(request.query), headers=headers)
        assert answer.status_code in operation.results, (name, answer.text)


def test_what_two_nodes_are_sent_at_once_makes_each_item_once_and_nothing_is_given_up(nodes: Pair) -> None:
    creates = [{"verb": "create", "capture_id": f"INC-{number}", "subject": "Jam"} for number in range(MESSAGES)]
    updates = [{"verb": "update", "capture_id": f"INC-{number}", "revision": "2"} for number in range(MESSAGES)]

    def send(turn: int) -> list[dict[str, Any]]:
        many = [*creates, *updates]
        if turn % 2:
            many = [*reversed(creates), *reversed(updates)]  # two that go towards each other
        answer = ask(nodes[turn % 2], "POST", f"{POINT}/bulk", {"messages": many})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["results"]
        return found

    with ThreadPoolExecutor(4) as pool:
        results = [result for turn in pool.map(send, range(4)) for result in turn]
    statuses = Counter(result["status"] for result in results)
    assert statuses[201] == MESSAGES
    assert set(statuses) == {200, 201}
    with nodes[0].node.engine.store.reading() as reader:
        assert len({result["interaction_id"] for result in results}) == MESSAGES
        kinds = Counter(event.kind.value for event in reader.events.after(0, limit=10_000))
    assert kinds["submitted"] == MESSAGES
