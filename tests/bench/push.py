"""News pushed to a thousand open sockets of a node, against bare TCP."""

from tests.bench.figures import Figure, Goal, compared
from tests.bench.postgres import SERVER
from tests.bench.processes import programs

CONNECTIONS, ROUNDS, RUNS = 1_000, 60, 5


def measure() -> list[Figure]:
    """The figures of pushing. RuntimeError where the environment with the server is missing."""
    if not SERVER.exists():
        raise RuntimeError(f"{SERVER} is missing; ./loom bench makes it.")
    with programs() as run:
        said = run.run("push", str(CONNECTIONS), str(ROUNDS), str(RUNS), python=SERVER)
    return [
        compared("pushed to 1,000 sockets", said["ours"], said["bare"], unit="messages/s", goal=Goal("≥", 0.5)),
        compared(
            "memory of a node for a socket", said["ours KiB"], said["bare KiB"], unit="KiB", goal=Goal("≤", 30, "KiB")
        ),
    ]
