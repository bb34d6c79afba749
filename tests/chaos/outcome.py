"""What a part of the chaos came to: how much was done and broken, and whether anything was lost on the way."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from msgspec import Struct, json

from workloom.simulation.statistics import Spread, spread


class Outcome(Struct, frozen=True, kw_only=True):
    """The result of one part.

    `operations`: acknowledged ones; `faults`: kills, pauses and whatever else was done to the programs; `lost`,
    `doubled`: operations that were acknowledged and have not happened, or have happened twice; `leaked`: items that
    are nowhere or with nobody who lives, sessions that nobody ends. `problems`: all that makes the part fail, in words.
    """

    part: str
    seconds: float
    operations: int
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    leaked: int = 0
    latencies: Mapping[str, Spread] = {}
    counts: Mapping[str, int] = {}
    problems: tuple[str, ...] = ()

    def table(self) -> str:
        """For people."""
        lines = [
            (
                f"{self.part}: {self.operations:,} operations, {self.faults:,} faults in {self.seconds:.0f} s;"
                f" lost {self.lost}, doubled {self.doubled}, leaked {self.leaked}"
            ),
            *(f"  {name:<28} {count:>9,}" for name, count in sorted(self.counts.items())),
            *(
                f"  {name:<28} p50 {spread.p50 * 1000:.0f} ms, p90 {spread.p90 * 1000:.0f} ms,"
                f" p99 {spread.p99 * 1000:.0f} ms, longest {spread.longest * 1000:.0f} ms of {spread.count:,}"
                for name, spread in self.latencies.items()
            ),
            *(f"  FAILED: {problem}" for problem in self.problems),
        ]
        return "\n".join(lines)


def stalls(answered: Iterable[float]) -> Spread:
    """Of the instants of all answers: how long nobody got one, from each to the next."""
    ordered = sorted(answered)
    return spread([later - earlier for earlier, later in pairwise(ordered)])


def stood_still(found: Spread, limit: float) -> tuple[str, ...]:
    """A problem if nobody got an answer for more than so many seconds: somebody holds what all of them need."""
    if found.longest <= limit:
        return ()
    return (f"no desktop got an answer for {found.longest:.1f} s, expected {limit:.0f} s at most",)


def below(floors: Mapping[str, int], found: Mapping[str, int]) -> tuple[str, ...]:
    """A problem for each count that is below its floor: a run that did little proves little."""
    return tuple(
        f"{found.get(name, 0):,} {name}, expected at least {floor:,}: the run proves too little"
        for name, floor in floors.items()
        if found.get(name, 0) < floor
    )


def write(outcomes: list[Outcome], path: Path) -> None:
    """All of it as one JSON document."""
    path.write_bytes(json.format(json.encode(outcomes), indent=2) + b"\n")
