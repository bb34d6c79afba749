"""Start to the usable login page and to the usable main window, against a bare window; and what they import."""

from typing import Any

from tests.bench.figures import Figure, Goal, compared, row
from tests.bench.processes import programs

RUNS, ROWS = 11, 25
LOGIN = ("login", "start to usable login page", Goal("≤", 3.5))
MAIN = ("main", "start to usable main window, all plugins", Goal("≤", 5))


def measure() -> list[Figure]:
    """The figures of the start."""
    figures: list[Figure] = []
    imported: set[str] = set()
    with programs() as run:
        data = str(run.folder / "data")
        run.run("stock", data, str(ROWS))
        run.run("desktop", data, "main")  # warms the caches
        run.run("bare_window")
        for point, name, goal in (LOGIN, MAIN):
            pairs = [(run.run("desktop", data, point), run.run("bare_window")) for _ in range(RUNS)]
            ours, bare = ([_milliseconds(each) for each in side] for side in zip(*pairs, strict=True))
            figures.append(compared(name, ours, bare, unit="ms", goal=goal))
            imported.update(*(mine["imported"] + mine["early"] for mine, _ in pairs))
    name = f"imported by then, to be kept out{': ' if imported else ''}{', '.join(sorted(imported))}"
    return [*figures, row(name, len(imported), 0, unit="modules", goal=Goal("≤", 0, "modules"))]


def _milliseconds(run: dict[str, Any]) -> float:
    return float(run["painted"] - run["begun"]) * 1000
