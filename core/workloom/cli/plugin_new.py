"""`workloom plugin new`: a distribution to begin with, whose tests pass at once."""

import argparse
from pathlib import Path
from typing import Final

from workloom.cli.scaffold import kinds, write_plugin

NAME: Final = "new"
HELP: Final = "Write a new plugin, with tests that pass at once."


def configure(new: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    new.add_argument("--kind", choices=kinds(), required=True, help="what it begins with")
    new.add_argument("name", metavar="NAME", help="id of the plugin: small letters, digits, underscores")
    new.add_argument("--into", metavar="DIR", default=".", help="folder that gets the new folder NAME (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Write it and say how to go on. BadInput if the name cannot be used or its folder is there."""
    folder = write_plugin(arguments.kind, arguments.name, Path(arguments.into))
    print(f"{folder} is a new plugin. Test it:\n\n    cd {folder}\n    pytest\n")
    print("Its README.md says what each file holds, and how to put it on your desktop.")
    return 0
