"""The part `disk` of the chaos: power cuts and errors at every step of the embedded store."""

from collections.abc import Callable
from time import monotonic

from tests.chaos.disk.crew import Watched
from tests.chaos.disk.errors import Found, of_openings, of_operations, of_several_writers
from tests.chaos.disk.power import Recorded, Verdict, cuts, recorded, recorded_together
from tests.chaos.disk.seeded import Careless, Deaf, Hasty
from tests.chaos.outcome import Outcome, below

ITEMS = 4
ITEMS_TOGETHER = 2
FLOORS = {
    "power cuts": 900,
    "power cuts under several writers": 400,
    "errors while work goes on": 400,
    "errors under several writers": 500,
    "errors while a store is opened": 200,
    "COMMITs of several writers": 500,
    "COMMITs that failed for several": 60,
}


def weakened(how: str) -> Recorded:
    """The same work on a store that asks less of the disk (`NORMAL`, `OFF`): it must be found to lose some."""
    return recorded(1, lambda sql: sql.replace("synchronous = FULL", f"synchronous = {how}"))


def loses(life: Recorded) -> Verdict | None:
    """The first power cut after which something is missing or half there, None if there is none."""
    first = min(end for _, _, end in life.work)  # before, nothing is acknowledged
    return next((verdict for verdict in cuts(life, 1, first=first) if verdict.problems), None)


def fails(kind: type[Watched]) -> str:
    """What goes wrong first where COMMITs are shared in this way, empty if nothing does."""
    found = Found()
    of_several_writers(found, kind)
    return next(iter(found.wrong), "")


def unnoticed() -> list[str]:
    """What is broken on purpose and not found: a search that finds nothing proves nothing."""
    broken: dict[str, Callable[[], object]] = {
        "synchronous = NORMAL": lambda: loses(weakened("NORMAL")),
        "synchronous = OFF": lambda: loses(weakened("OFF")),
        "telling a writer before the COMMIT": lambda: loses(recorded_together(ITEMS_TOGETHER, Hasty)[0]),
        "telling nobody that the COMMIT has failed": lambda: fails(Deaf),
        "keeping what a writer wrote before it failed": lambda: fails(Careless),
    }
    return [f"{what} is not found to be wrong" for what, search in broken.items() if not search()]


def run(variants: int) -> Outcome:
    """Cut the power in so many ways after each step, and let each step fail."""
    begin = monotonic()
    life = recorded(ITEMS)
    verdicts = list(cuts(life, variants))
    together, shared = recorded_together(ITEMS_TOGETHER)
    of_several = list(cuts(together, variants, first=together.begin))
    work, openings, several = Found(), Found(), Found()
    of_operations(work)
    of_openings(openings)
    of_several_writers(several)
    wrong = [*work.wrong, *openings.wrong, *several.wrong]
    counts = {
        "power cuts": len(verdicts),
        "power cuts under several writers": len(of_several),
        "errors while work goes on": work.points.total(),
        "errors while a store is opened": openings.points.total(),
        "errors under several writers": several.points.total(),
        "COMMITs of several writers": shared + several.shared,
        "COMMITs that failed for several": several.failed,
        **{f"said as {kind}": number for kind, number in (work.kinds + openings.kinds + several.kinds).items()},
    }
    verdicts += of_several
    problems = [problem for verdict in verdicts for problem in verdict.problems]
    return Outcome(
        part="disk",
        seconds=monotonic() - begin,
        operations=len(life.work) + len(together.work),
        faults=len(verdicts) + work.points.total() + openings.points.total() + several.points.total(),
        lost=sum(len(verdict.lost) for verdict in verdicts) + sum(text.startswith("lost") for text in wrong),
        doubled=sum(len(verdict.doubled) for verdict in verdicts) + sum(text.startswith("doubled") for text in wrong),
        counts=counts,
        problems=(*below(FLOORS, counts), *problems, *wrong, *unnoticed()),
    )
