"""From the commit that decides an offer to the painted toast, against a bare commit, signal and window."""

from tests.bench.figures import Figure, Goal, percentile, row
from tests.bench.processes import programs

OFFERS = 300


def measure() -> list[Figure]:
    """The figure of the offers."""
    with programs() as run:
        said = run.run("offers", str(run.folder / "data"), str(OFFERS))
    ours, bare = (percentile(said[side], 0.99) for side in ("ours", "bare"))
    name = f"offer decided to toast painted, p99 of {OFFERS}"
    return [row(name, ours, bare, unit="ms", goal=Goal("≤", 50, "ms"))]
