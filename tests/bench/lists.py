"""The longest stall of the UI thread while a workbin list of 10,000 rows loads, against a bare table."""

from tests.bench.figures import Figure, Goal, compared
from tests.bench.processes import programs

RUNS, ROWS = 5, 10_000


def measure() -> list[Figure]:
    """The figure of the lists: the median over the runs of the longest stall of each."""
    with programs() as run:
        data = str(run.folder / "data")
        run.run("stock", data, str(ROWS))
        run.run("lists", data, str(ROWS))  # warms the caches
        said = [run.run("lists", data, str(ROWS)) for _ in range(RUNS)]
    ours, bare = ([each[side] for each in said] for side in ("ours", "bare"))
    name = f"longest UI stall while a list of {ROWS:,} rows loads"
    return [compared(name, ours, bare, unit="ms", goal=Goal("≤", 50, "ms"))]
