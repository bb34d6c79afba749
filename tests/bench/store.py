"""Items submitted and claimed a second on the embedded engine, against bare sqlite3 writing the same rows."""

from tests.bench.figures import Figure, Goal, compared
from tests.bench.processes import programs

RUNS = 7
FIGURES = (("submit", "submitted on the embedded store"), ("claim", "claimed on the embedded store"))


def measure() -> list[Figure]:
    """The figures of the store."""
    with programs() as run:
        said = run.run("store", str(run.folder), str(RUNS))
    goal = Goal("≥", 0.5)
    return [compared(name, said[key], said[f"bare {key}"], unit="items/s", goal=goal) for key, name in FIGURES]
