"""Items claimed and done on PostgreSQL, and news of them: against bare statements, and against the queues of others."""

import os

from tests.bench.figures import Figure, Goal, compared
from tests.bench.processes import ROOT, programs

RUNS = 5
BIN = "Scripts" if os.name == "nt" else "bin"
SERVER, PEERS = (ROOT / name / BIN / "python" for name in (".venv-demo", ".venv-peers"))
"""What measures ours is the environment with the server; `./loom bench` makes both."""


def measure() -> list[Figure]:
    """The figures of the store on PostgreSQL. RuntimeError where there is none, or an environment is missing."""
    if not (SERVER.exists() and PEERS.exists()):
        raise RuntimeError(f"{SERVER} or {PEERS} is missing; ./loom bench makes them.")
    with programs() as run:
        said = run.run("postgres", str(RUNS), str(PEERS), python=SERVER)
    half, peer, five, three = Goal("≥", 0.5), Goal("≥", 1.0), Goal("≥", 5.0), Goal("≤", 3.0)
    done = "offered, accepted and done on PostgreSQL"
    return [
        compared("claimed on PostgreSQL", said["claim"], said["bare claim"], unit="items/s", goal=half),
        compared(f"{done}, pgqueuer", said["done"], said["pgqueuer"], unit="items/s", goal=peer),
        compared(f"{done}, procrastinate", said["done"], said["procrastinate"], unit="items/s", goal=five),
        compared("commit to event at another node, p99", said["wake"], said["bare wake"], unit="ms", goal=three),
    ]
