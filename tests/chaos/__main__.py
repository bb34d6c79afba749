"""`./loom chaos`: break what can break under work, then count what went in and what came out."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.chaos import shifts, switching
from tests.chaos.centre import run as centre
from tests.chaos.disk import run as disk
from tests.chaos.outcome import Outcome, write

SEEDS = 200


def main() -> int:
    """Run the parts asked for; 1 if one of them failed or did too little to prove anything."""
    parts: dict[str, Callable[[argparse.Namespace], Outcome]] = {
        "disk": lambda asked: disk.run(asked.variants),
        "shifts": lambda asked: shifts.run(asked.seeds),
        "plugins": lambda asked: switching.run(asked.rounds),
        "centre": lambda asked: centre.run(
            asked.seconds, asked.rate, asked.seed, {"operations": asked.operations, "kills": asked.kills}
        ),
    }
    parser = argparse.ArgumentParser(
        prog="./loom chaos",
        description="Break what can break under work, then count; docs/reference/chaos.md tells what is done.",
    )
    parser.add_argument("part", nargs="*", metavar="NAME", help=f"only these parts of {', '.join(parts)}")
    parser.add_argument("--ci", action="store_true", help="the short run that every change must pass (the default)")
    parser.add_argument("--seeds", type=int, default=SEEDS, metavar="N", help=f"shifts to simulate (default: {SEEDS})")
    parser.add_argument(
        "--variants",
        type=int,
        default=1,
        metavar="N",
        help="ways of each power cut (default: 1)",
    )
    parser.add_argument(
        "--rounds",
        type=int,
        default=switching.ROUNDS,
        metavar="N",
        help=f"times that plugins are switched off and on (default: {switching.ROUNDS})",
    )
    parser.add_argument(
        "--seconds", type=float, default=centre.SECONDS, metavar="N", help=f"of faults (default: {centre.SECONDS:.0f})"
    )
    parser.add_argument("--rate", type=float, default=centre.RATE, metavar="R", help="new items a second meanwhile")
    for name, least in (("operations", centre.OPERATIONS), ("kills", centre.KILLS)):
        parser.add_argument(f"--{name}", type=int, default=least, metavar="N", help=f"at least (default: {least})")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other faults, other work (default: 1)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was counted to FILE as well")
    asked = parser.parse_args()
    if unknown := [name for name in asked.part if name not in parts]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(parts)}")
    outcomes = []
    for name in asked.part or parts:
        print(f"running {name} …", file=sys.stderr, flush=True)
        outcomes.append(parts[name](asked))
        print(outcomes[-1].table(), flush=True)
    if asked.json:
        write(outcomes, asked.json)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
