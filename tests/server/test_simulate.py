"""Simulated agents at a server, through what every desktop uses."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.contract.engine.office import PASSWORD
from tests.server.nodes import served
from workloom.bootstrap.live import at_server
from workloom.cli import main
from workloom.domain.privileges import CAPTURE_SEND
from workloom.domain.site import CapturePoint, Client
from workloom.services.digests import digest
from workloom.simulation.audit import audit
from workloom.simulation.centre import ROUTED, centre
from workloom.simulation.scenario import Habits, Scenario

BUSY = Habits(rejects=0.05, ignores=0.0, transfers=0.1, retries=0.3, handles=20.0, answer=1.0, forgets=0.0)


def test_agents_at_a_server_do_the_work_that_is_there(tmp_path: Path) -> None:
    site = centre(5, heartbeat=5.0)
    with served(tmp_path, site, person_rate=1000, person_burst=1000) as node:
        for number in range(40):
            queue, media_type = ROUTED[number % len(ROUTED)]
            node.submit(f"item-{number}", queue=queue, media_type=media_type)
        people = [(name, PASSWORD) for name in site.persons]
        report = at_server(node.url, people, Scenario(agents=5, hours=0.1, habits=BUSY), speed=50.0)
        found = audit(node.node.engine.store, site)
    assert [promise for promise in (*report.promises, *found.promises) if promise.broken] == []
    assert report.actions["MarkDone"] >= 10
    assert found.kinds["done"] == report.actions["MarkDone"]
    assert found.leaked == 0


def test_a_run_in_which_nobody_took_anything_has_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = centre(2, heartbeat=5.0)
    (tmp_path / "users").write_text("".join(f"{name} {PASSWORD}\n" for name in site.persons))
    with served(tmp_path / "data", site, person_rate=1000, person_burst=1000) as node:
        words = ["simulate", "--server", node.url, "--users", str(tmp_path / "users"), "--speed", "200"]
        assert main([*words, "--hours", "0.05"]) == 1
    assert "Agents took 0 items, at least 1 were expected." in capsys.readouterr().err


def test_items_are_sent_through_a_capture_point_meanwhile(tmp_path: Path) -> None:
    queue, media_type = ROUTED[0]
    base = centre(6, heartbeat=5.0)
    site = replace(
        base,
        clients={
            "feed": Client(
                name="feed",
                capture_points=("door",),
                privileges=(CAPTURE_SEND,),
                token_hashes=(digest("client-token-1"),),
            )
        },
        capture_points={"door": CapturePoint(name="door", queue=queue, media_type=media_type)},
    )
    (tmp_path / "token").write_text("client-token-1\n")
    (tmp_path / "users").write_text("".join(f"{name} {PASSWORD}\n" for name in site.persons))
    with served(tmp_path / "data", site, person_rate=1000, person_burst=1000) as node:
        words = ["simulate", "--server", node.url, "--users", str(tmp_path / "users"), "--speed", "100"]
        words += ["--send-to", "door", "--token-file", str(tmp_path / "token"), "--items", "30", "--hours", "0.15"]
        assert main(words) == 0
        found = audit(node.node.engine.store, site)
    assert found.kinds["submitted"] >= 25
    assert found.kinds["accepted"] >= 5
