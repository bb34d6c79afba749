"""Nothing that a customer or an agent has typed is written to the log, whatever goes wrong."""

import json
import logging
import sys
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from tests.server.nodes import Client, Desk, NodeProcess
from tests.server.sockets import open_socket
from tests.unit.wire.examples import PLAIN, example
from workloom.server.logs import JsonFormatter
from workloom.wire import CALLS, INFO_PATH, KEY_HEADER, VERSION_HEADER, Hello, encode

CANARY = "canary-4711"


def type_everywhere(client: Client, desk: Desk, node: NodeProcess) -> None:
    """Send the canary in every field of every call, in headers, addresses and frames."""
    good = {"Authorization": f"Bearer {desk.token}", KEY_HEADER: CANARY, "X-Other": CANARY}
    for call in CALLS.values():
        if call.name == "presence.log_off":
            continue
        given = {name: example(hint) for name, hint in get_type_hints(call.arguments).items()}
        for body in (call.encode_arguments(**given), f'{{"{CANARY}": 1'.encode(), f'{{"{CANARY}": 1}}'.encode()):
            client.http.post(f"{call.path}?{CANARY}={CANARY}", content=body, headers=good)
    out_of_range = CALLS["events.after"].encode_arguments(2**62).replace(b"46", b"9" * 40)
    client.http.post(CALLS["events.after"].path, content=out_of_range, headers=good)
    client.http.get(f"/{CANARY}", headers={"Authorization": f"Bearer {CANARY}", VERSION_HEADER: CANARY})
    for said in (CANARY, encode(Hello(version=1, token=CANARY)), f'{{"type": "{CANARY}"}}'):
        with open_socket(client) as socket:
            socket.say(said).ended()
    with open_socket(client) as socket:
        socket.say(Hello(version=1, token=desk.token)).welcome()
        socket.say(CANARY).ended()
    assert node.process.poll() is None


def test_what_is_typed_is_not_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLAIN, str, CANARY)
    monkeypatch.setitem(PLAIN, Any, {CANARY: [CANARY]})
    settings = {"demo": "true", "log_level": "debug", "person_rate": 0, "address_login_rate": 0}
    with NodeProcess(tmp_path, settings) as node:
        client = Client(node.url())
        password = client.http.get(INFO_PATH).json()["site"]["demo_password"]
        type_everywhere(client, client.log_in("lena", password=password), node)
        figures = client.http.get("/metrics").text
        client.close()
        code, logged = node.end()
    assert code == 0
    assert CANARY not in figures
    assert CANARY not in logged
    assert password not in logged
    assert "token-" not in logged
    assert all(json.loads(line)["message"] for line in logged.splitlines())


def test_of_an_error_its_class_and_places_are_written_and_never_its_text() -> None:
    try:
        int(CANARY)
    except ValueError:
        record = logging.getLogger("workloom").makeRecord(
            "workloom", logging.ERROR, __file__, 1, "It has %s.", ("failed",), sys.exc_info()
        )
    line = json.loads(JsonFormatter().format(record))
    assert (line["message"], line["error"], line["level"]) == ("It has failed.", "builtins.ValueError", "error")
    assert "test_logs.py" in line["at_code"][0]
    assert CANARY not in json.dumps(line)
