"""`./loom load`: many agents on several nodes, with latencies and a count at the end."""

import argparse
import sys
from pathlib import Path

from tests.chaos.outcome import write
from tests.load.run import Load, run

CI = Load(agents=300, rate=15.0, seconds=20.0, judged=False)
LONG = Load(agents=2000, rate=100.0, seconds=600.0)


def main() -> int:
    """Run it; 1 if anything is wrong, or slower than its goal where that is judged."""
    parser = argparse.ArgumentParser(
        prog="./loom load",
        description="Many agents on several nodes; docs/reference/load.md tells what is measured.",
    )
    parser.add_argument("--ci", action="store_true", help="the short run of every change: no time is judged")
    parser.add_argument("--agents", type=int, metavar="N", help=f"default: {LONG.agents}")
    parser.add_argument("--rate", type=float, metavar="R", help=f"new items a second (default: {LONG.rate:.0f})")
    parser.add_argument("--seconds", type=float, metavar="S", help=f"default: {LONG.seconds:.0f}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was measured to FILE as well")
    asked = parser.parse_args()
    base = CI if asked.ci else LONG
    load = Load(
        agents=asked.agents or base.agents,
        rate=asked.rate or base.rate,
        seconds=asked.seconds or base.seconds,
        judged=base.judged,
    )
    print(f"{load.agents:,} agents, {load.rate:g} items a second, {load.seconds:g} s …", file=sys.stderr, flush=True)
    outcome = run(load)
    print(outcome.table())
    if asked.json:
        write([outcome], asked.json)
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
