"""`./loom bench`: measure, print the table, optionally write it as JSON."""

import argparse
import importlib
import sys
from pathlib import Path

from tests.bench.figures import Figure, table, write

PARTS = ("start", "memory", "offers", "lists", "store", "postgres", "hooks", "plugins", "push", "post")


def main() -> int:
    """Measure the parts asked for; 1 if one could not be measured. A missed goal is no failure: the table says so."""
    parser = argparse.ArgumentParser(
        prog="./loom bench",
        description="Measure against a reference in the same run; docs/reference/bench.md tells how to read the table.",
    )
    parser.add_argument(
        "part", nargs="*", metavar="NAME", help=f"only these parts of {', '.join(PARTS)} (default: all)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows to FILE as well")
    asked = parser.parse_args()
    if unknown := [name for name in asked.part if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    figures: list[Figure] = []
    failed = False
    for name in asked.part or PARTS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            figures += importlib.import_module(f"tests.bench.{name}").measure()
        except RuntimeError as error:
            failed = True
            print(f"{name} could not be measured. {error}", file=sys.stderr)
    print(table(figures))
    if asked.json:
        write(figures, asked.json)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
