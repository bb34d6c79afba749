"""Items created over HTTP, one request each, against a bare application that writes the same rows."""

from tests.bench.figures import Figure, Goal, compared
from tests.bench.postgres import SERVER
from tests.bench.processes import programs

ITEMS, RUNS = 1_000, 5


def measure() -> list[Figure]:
    """The figure of a create. RuntimeError where the environment with the server is missing."""
    if not SERVER.exists():
        raise RuntimeError(f"{SERVER} is missing; ./loom bench makes it.")
    with programs() as run:
        said = run.run("post", str(run.folder / "post"), str(ITEMS), str(RUNS), python=SERVER)
    goal = Goal("≥", 0.5)
    return [compared("create of 40 fields over HTTP", said["ours"], said["bare"], unit="items/s", goal=goal)]
