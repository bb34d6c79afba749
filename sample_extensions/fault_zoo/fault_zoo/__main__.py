"""Writes the plugins of the zoo to a folder, for a look at what an agent sees when they fail."""

import argparse
from pathlib import Path

from fault_zoo.places import EVERYWHERE, install
from fault_zoo.ways import WAYS


def main() -> None:
    """Write them; the folder must be there and hold none yet."""
    parser = argparse.ArgumentParser(prog="fault_zoo", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder that is there; put it on PYTHONPATH afterwards")
    parser.add_argument("--fails", choices=WAYS, default="raise", help="how they fail")
    parser.add_argument("--places", nargs="*", choices=EVERYWHERE, default=list(EVERYWHERE), help="only these")
    given = parser.parse_args()
    install(given.folder, WAYS[given.fails], given.places)


if __name__ == "__main__":
    main()
