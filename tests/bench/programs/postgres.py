"""Our store on PostgreSQL beside bare statements and beside the queues of others: `… RUNS PYTHON-OF-THE-PEERS`.

A server of its own in a temporary folder; what it acknowledges is on the disk. Says, of each run, items a second and
milliseconds.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.bench.figures import percentile
from tests.bench.programs.postgres_wake import wakes
from tests.bench.programs.postgres_work import ITEMS, Shop, bare_claim, claimed, claimed_and_done, waiting
from tests.server.postgres import PostgresServer, postgres_server
from workloom.adapters.postgres.migrate import upgrade
from workloom.adapters.postgres.store import PostgresStore

PEER_JOBS = {"pgqueuer": 4000, "procrastinate": 800}
WAKES = 500
CLAIMS = 4
"""Pairs in each run: one takes a tenth of a second, and the disk may be busy with what others left."""


class Stage:
    """A server, and a database in which so many items wait, to be copied for each measurement."""

    def __init__(self, server: PostgresServer, peers: str) -> None:
        self.server = server
        self._peers = peers
        self._full = server.create()
        with psycopg.connect(server.dsn(self._full), autocommit=True) as connection:
            upgrade(connection, self._full)
        with self._shop(server.dsn(self._full)) as shop:
            waiting(shop)
        with psycopg.connect(server.dsn(self._full), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")

    def claims(self) -> tuple[float, float]:
        """Items a second: ours, and the bare statements that write what ours has written."""
        with self.server.database(self._full) as ours, self.server.database(self._full) as bare:
            with self._shop(ours) as shop:
                shop.open()
                speed = _speed(lambda: claimed(shop))
            return speed, ITEMS / bare_claim(ours, bare)

    def claims_and_dones(self) -> float:
        """Items a second that are offered, accepted and done."""
        with self.server.database(self._full) as dsn, self._shop(dsn) as shop:
            shop.open()
            return _speed(lambda: claimed_and_done(shop))

    def peer(self, name: str) -> float:
        """No-op jobs a second of another queue."""
        program = Path(__file__).with_name("peers.py")
        with self.server.database() as dsn:
            words = [self._peers, str(program), name, dsn, str(PEER_JOBS[name])]
            said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=200)
        speed: float = json.loads(said.stdout)["speed"]
        return speed

    def wakes(self) -> tuple[list[float], list[float]]:
        """Milliseconds from a commit until another process has the event, and until it has a bare notification."""
        with self.server.database(self._full) as dsn:
            return wakes(dsn, WAKES)

    @contextmanager
    def _shop(self, dsn: str) -> Iterator[Shop]:
        shop = Shop(PostgresStore(dsn))
        yield shop
        shop.close()


def _speed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return ITEMS / (time.perf_counter() - begun)


def main(runs: int, peers: str) -> None:
    """Measure so many runs of all, after one that warms up."""
    said: dict[str, list[float]] = {}
    with postgres_server(on_disk=True) as server:
        stage = Stage(server, peers)
        for run in range(runs + 1):
            claims = [stage.claims() for _ in range(CLAIMS)]
            mine, other = stage.wakes()
            found = {
                "claim": [ours for ours, _ in claims],
                "bare claim": [bare for _, bare in claims],
                "done": [stage.claims_and_dones()],
                **{name: [stage.peer(name)] for name in PEER_JOBS},
                "wake": [percentile(mine, 0.99)],
                "bare wake": [percentile(other, 0.99)],
            }
            for name, values in found.items() if run else ():
                said.setdefault(name, []).extend(values)
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
