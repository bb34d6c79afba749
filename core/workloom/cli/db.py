"""`workloom db`: upgrade, check and back up the data."""

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace

from workloom.bootstrap.upkeep import back_up, upkeep_of
from workloom.settings import DATABASE_VARIABLE, Settings

BROKEN = 1
"""Exit code when a promise about the data does not hold."""


_ACTIONS = {
    "upgrade": "Bring the schema up to date.",
    "check": "Look whether schema and data are as they must be.",
    "backup": "Write a copy as of this moment, while others work.",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of `workloom db`."""
    place = argparse.ArgumentParser(add_help=False)
    place.add_argument(
        "--database",
        metavar="DSN",
        default="",
        help=f"a PostgreSQL database, postgresql://USER@HOST/NAME (also {DATABASE_VARIABLE}; default: the data folder)",
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, what in _ACTIONS.items():
        action = actions.add_parser(name, help=what, description=what, parents=[place])
        if name == "backup":
            action.add_argument("file", type=Path, metavar="FILE", help="the file to write; it must not exist")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one action; 1 if the data are not as they must be."""
    upkeep = upkeep_of(replace(settings, dsn=arguments.database or settings.dsn))
    if arguments.action == "upgrade":
        applied = upkeep.upgrade()
        print(f"{upkeep.where}: {', '.join(applied)} applied." if applied else f"{upkeep.where} is up to date.")
    elif arguments.action == "backup":
        size = back_up(upkeep, arguments.file)
        print(f"{upkeep.where} is backed up in {arguments.file} ({size} bytes).")
    else:
        broken = upkeep.check()
        for promise in broken:
            print(promise, file=sys.stderr)
        if broken:
            return BROKEN
        print(f"{upkeep.where} is as it must be.")
    return 0
