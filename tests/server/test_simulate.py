"""Simulated agents at a server, through what every desktop uses."""

from pathlib import Path

from tests.contract.engine.office import PASSWORD
from tests.server.nodes import served
from workloom.bootstrap.live import at_server
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
