"""`workloom server` as a process: it says where it listens, refuses to start insecurely, and stops in order."""

import json
import os
import ssl
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import connect

from tests.server.nodes import PATIENCE, Client, NodeProcess
from workloom.wire import CALLS, EVENTS_PATH, INFO_PATH, Hello, encode


def test_a_node_serves_the_demo_says_so_and_stops_when_it_is_told(tmp_path: Path) -> None:
    with NodeProcess(tmp_path, {"demo": "true", "drain_limit": 2}) as node:
        client = Client(node.url())
        assert client.http.get("/ready").status_code == 200
        assert client.http.get(INFO_PATH).json()["site"]["title"] == "Alpenrand Insurance"
        client.close()
        code, logged = node.end()
    assert code == 0
    for line in logged.splitlines():
        assert json.loads(line)["level"] in ("info", "warning")


def test_a_session_outlives_a_restart_of_its_node(tmp_path: Path) -> None:
    with NodeProcess(tmp_path, {"demo": "true"}) as node:
        client = Client(node.url())
        password = client.http.get(INFO_PATH).json()["site"]["demo_password"]
        desk = client.log_in("lena", password=password)
        client.close()
        assert node.end()[0] == 0
    with NodeProcess(tmp_path, {}) as again:
        desk.http = httpx2.Client(base_url=again.url(), timeout=PATIENCE)
        assert desk.call("presence.session").person == "lena"
        desk.http.close()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"host": "0.0.0.0"}, "workloom: host: Plain HTTP on 0.0.0.0 would show passwords"),  # noqa: S104
        ({"host": "0.0.0.0", "demo": "true"}, "workloom: demo: Everybody knows the passwords"),  # noqa: S104
        ({"tls_certificate": "nothing.pem"}, "workloom: tls_certificate: TLS needs both"),
        ({"tls_certificate": "nothing.pem", "tls_key": "nothing.pem"}, "nothing.pem cannot be read"),
        ({"tls_certificate": __file__, "tls_key": __file__}, "are no certificate and its key"),
        ({"colour": "blue"}, "workloom: WORKLOOM_SERVER_COLOUR: There is no setting “colour”."),
        ({"threads": "many"}, "workloom: WORKLOOM_SERVER_THREADS: Expected `int`"),
        ({"threads": "0"}, "workloom: threads: Expected 1 or more"),
        ({"database_lease": "0"}, "workloom: database_lease: Expected more than 0"),
        ({"database_statement": "0"}, "workloom: database_statement: Expected more than 0"),
        ({"database_idle": "0.0"}, "workloom: database_idle: Expected more than 0"),
        ({"database_lock": "inf"}, "workloom: database_lock: Expected 0 or more, found inf"),
        ({"database_shards": "2"}, "workloom: database_shards: Only nodes on a PostgreSQL"),
        ({"port": "70000"}, "workloom: port: Expected a port"),
        ({"drain_limit": "-1"}, "workloom: drain_limit: Expected 0 or more"),
        ({"log_level": "loud"}, "workloom: log_level: Expected one of"),
        ({"host": "192.0.2.1", "allow_plain_http": "true"}, "workloom: 192.0.2.1: Port 0 cannot be used"),
        ({"config": "nothing.toml"}, "workloom: nothing.toml: There is no such file."),
    ],
)
def test_a_node_refuses_to_start_with_one_plain_sentence(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    with NodeProcess(tmp_path / "data", settings) as node:
        code, logged = node.ended()
    assert code == 1
    assert said in logged
    assert len(logged.splitlines()) == 1
    assert not (tmp_path / "data" / "workloom.db").exists() or "host" in settings


def test_the_file_gives_settings_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "server.toml"
    file.write_text('threads = "three"\n', "utf-8")
    with NodeProcess(tmp_path / "data", {}, "--config", str(file)) as node:
        code, logged = node.ended()
    assert (code, "threads" in logged) == (1, True)
    with NodeProcess(tmp_path / "data", {"threads": 3}, "--config", str(file)) as node:
        assert node.url().startswith("http://127.0.0.1:")


def test_a_folder_has_one_node(tmp_path: Path) -> None:
    with NodeProcess(tmp_path, {}) as first:
        first.url()
        with NodeProcess(tmp_path, {}) as second:
            code, logged = second.ended()
    assert code == 1
    assert len(logged.splitlines()) == 1


def test_a_node_loads_no_window() -> None:
    program = "import sys, workloom.bootstrap.server; print([name for name in sys.modules if 'PyQt6' in name])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"


def test_with_a_certificate_it_speaks_https_and_wss_only(tmp_path: Path) -> None:
    certificate, key = (Path(__file__).parent / "tls" / name for name in ("certificate.pem", "key.pem"))
    settings = {"demo": "true", "tls_certificate": certificate, "tls_key": key}
    with NodeProcess(tmp_path, settings) as node:
        url = node.url()
        assert url.startswith("https://127.0.0.1:")
        context = ssl.create_default_context(cafile=str(certificate))
        with httpx2.Client(base_url=url, verify=context, timeout=PATIENCE) as http:
            assert http.get("/ready").status_code == 200
        address = url.replace("https", "wss") + EVENTS_PATH
        with connect(address, ssl=context, proxy=None, open_timeout=PATIENCE) as socket:
            socket.send(encode(Hello(version=1, token="token-404")))
            assert b"session-ended" in bytes(socket.recv(PATIENCE, decode=False))
        with pytest.raises(httpx2.TransportError), httpx2.Client(base_url=url.replace("https", "http")) as plain:
            plain.get("/ready")
        assert node.end()[0] == 0


def test_who_writes_another_address_into_a_header_is_counted_all_the_same(tmp_path: Path) -> None:
    settings = {"demo": "true", "address_login_rate": 1, "address_login_burst": 3}
    with NodeProcess(tmp_path, settings) as node:
        client = Client(node.url())
        call = CALLS["authenticate"]
        answers = [
            client.http.post(
                call.path,
                content=call.encode_arguments(f"user-{number}", "wrong"),
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            ).status_code
            for number in range(5)
        ]
        client.close()
    assert answers[-1] == 429
