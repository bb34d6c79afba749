"""`./loom bench`: measure, print the table, optionally write it as JSON."""

import argparse
import importlib
import sys
from pathlib import Path

from tests.bench.figures import Figure, table, write

PARTS = ("start",)


def main() -> int:
    """Measure the parts asked for. Exit code 0 also where a goal is missed: the table says so."""
    parser = argparse.ArgumentParser(prog="./loom bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to FILE as well")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part only; may be repeated")
    asked = parser.parse_args()
    figures: list[Figure] = []
    for part in asked.only or PARTS:
        print(f"measuring {part} …", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tests.bench.{part}").measure()
    print(table(figures))
    if asked.json:
        write(figures, asked.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
