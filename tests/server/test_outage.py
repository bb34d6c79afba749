"""A database that is away for a good part of the grace period: everybody who works stays logged in."""

from contextlib import suppress
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from time import sleep

from msgspec.structs import replace

from tests.contract.engine.office import site
from tests.server.nodes import Desk, served
from tests.server.postgres import PostgresServer
from workloom.domain.errors import WorkloomError

GRACE, HEARTBEAT, AWAY = 4.0, 2.5, 3.0


def _live(desk: Desk, over: Flag, first: float) -> None:
    wait = first
    while not over.wait(wait):
        with suppress(WorkloomError):
            desk.call("presence.heartbeat")
        wait = HEARTBEAT


def test_nobody_is_logged_out_by_an_outage_of_the_database(
    own_postgres: PostgresServer, database: str, tmp_path: Path
) -> None:
    timers = replace(site().timers, lost_agent=GRACE, heartbeat=HEARTBEAT)
    with served(tmp_path, site(timers=timers), database=database, database_connect=0.3) as node:
        desks = [node.log_in(name) for name in ("ann", "bob", "cid")]
        over = Flag()
        threads = [Thread(target=_live, args=(desk, over, 0.8 * place)) for place, desk in enumerate(desks)]
        for thread in threads:
            thread.start()
        sleep(HEARTBEAT)
        own_postgres.stop()
        sleep(AWAY)
        own_postgres.start()
        sleep(GRACE)
        over.set()
        for thread in threads:
            thread.join()
        assert [desk.call("presence.session").person for desk in desks] == ["ann", "bob", "cid"]
