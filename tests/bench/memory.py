"""Resident memory of the desktop with one agent logged in and all plugins, against a bare window."""

from tests.bench.figures import Figure, Goal, compared, in_turn
from tests.bench.processes import programs

RUNS, ROWS = 3, 25


def measure() -> list[Figure]:
    """The figure of the memory."""
    with programs() as run:
        data = str(run.folder / "data")
        run.run("stock", data, str(ROWS))
        ours, bare = in_turn(
            RUNS,
            lambda: float(run.run("desktop", data, "idle")["resident"]),
            lambda: float(run.run("bare_window")["resident"]),
        )
    return [compared("resident memory, logged in", ours, bare, unit="MiB", goal=Goal("≤", 2))]
