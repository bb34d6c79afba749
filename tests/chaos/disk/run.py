"""The part `disk` of the chaos: power cuts and errors at every step of the embedded store."""

from time import monotonic

from tests.chaos.disk.errors import Found, of_openings, of_operations
from tests.chaos.disk.power import Recorded, Verdict, cuts, recorded
from tests.chaos.outcome import Outcome, below

ITEMS = 4
FLOORS = {"power cuts": 900, "errors while work goes on": 400, "errors while a store is opened": 200}


def weakened(how: str) -> Recorded:
    """The same work on a store that asks less of the disk (`NORMAL`, `OFF`): it must be found to lose some."""
    return recorded(1, lambda sql: sql.replace("synchronous = FULL", f"synchronous = {how}"))


def loses(life: Recorded) -> Verdict | None:
    """The first power cut after which something acknowledged is missing, None if there is none."""
    first = life.work[0][2]  # before, nothing is acknowledged
    return next((verdict for verdict in cuts(life, 1, first=first) if verdict.lost or verdict.damaged), None)


def run(variants: int) -> Outcome:
    """Cut the power in so many ways after each step, and let each step fail."""
    begin = monotonic()
    life = recorded(ITEMS)
    verdicts = list(cuts(life, variants))
    work, openings = Found(), Found()
    of_operations(work)
    of_openings(openings)
    wrong = [*work.wrong, *openings.wrong]
    counts = {
        "power cuts": len(verdicts),
        "errors while work goes on": work.points.total(),
        "errors while a store is opened": openings.points.total(),
        **{f"said as {kind}": number for kind, number in (work.kinds + openings.kinds).items()},
    }
    problems = [f"a cut after step {cut.steps}: {cut.damaged}" for cut in verdicts if cut.damaged]
    problems += [f"a cut after step {cut.steps} loses {cut.lost}" for cut in verdicts if cut.lost]
    problems += [f"a cut after step {cut.steps} doubles {cut.doubled}" for cut in verdicts if cut.doubled]
    problems += [f"synchronous = {how} loses nothing" for how in ("NORMAL", "OFF") if loses(weakened(how)) is None]
    return Outcome(
        part="disk",
        seconds=monotonic() - begin,
        operations=len(life.work),
        faults=len(verdicts) + work.points.total() + openings.points.total(),
        lost=sum(len(verdict.lost) for verdict in verdicts) + sum(text.startswith("lost") for text in wrong),
        doubled=sum(len(verdict.doubled) for verdict in verdicts) + sum(text.startswith("doubled") for text in wrong),
        counts=counts,
        problems=(*below(FLOORS, counts), *problems, *wrong),
    )
