"""Writes the plugins of the zoo to a folder, for a look at what an agent sees when they fail."""

import argparse
from pathlib import Path

from fault_zoo.places import EVERYWHERE, install
from fault_zoo.ways import WAYS


def main() -> None:
    """Write them, to a folder that is new or empty: no file of somebody's is written over."""
    parser = argparse.ArgumentParser(prog="fault_zoo", description=__doc__)
    parser.add_argument("folder", type=Path, help="a new or empty folder; put it on PYTHONPATH afterwards")
    parser.add_argument("--fails", choices=WAYS, default="raise", help="how they fail")
    parser.add_argument("--places", nargs="*", choices=EVERYWHERE, default=list(EVERYWHERE), help="only these")
    given = parser.parse_args()
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
        if any(given.folder.iterdir()):
            parser.error(f"expected a new or empty folder, found files in {given.folder}. Name another one.")
    except OSError as error:
        parser.error(f"expected a folder that can be written, found {error}. Name another one.")
    install(given.folder, WAYS[given.fails], given.places)


if __name__ == "__main__":
    main()
