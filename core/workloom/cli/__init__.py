"""The command `workloom`: its frame. Each sub-command is a module of its own, imported only when it is called."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import cast

from workloom import __version__
from workloom.cli.commands import COMMANDS, CommandModule
from workloom.domain.errors import WorkloomError
from workloom.settings import DATA_VARIABLE, read_settings

WENT_WRONG = 1
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, 1 with one line on stderr, 2 for wrong usage."""
    everywhere, given = _everywhere().parse_known_args(sys.argv[1:] if argv is None else argv)
    parser, modules = parser_for(given)
    arguments = parser.parse_args(given)
    if arguments.command is None:
        parser.print_help()
        return 0
    settings = read_settings(
        os.environ, data=everywhere.data or arguments.data, server=getattr(arguments, "server", "") or ""
    )  # the latter when it was abbreviated
    try:
        with _for_this_user_only(arguments.command):
            return modules[arguments.command].run(arguments, settings)
    except WorkloomError as error:
        return _say(str(error))
    except BrokenPipeError:
        sys.stderr.close()  # who read our output has gone; Python would complain once more at exit
        return WENT_WRONG
    except OSError as error:
        named = f"{error.filename}: " if error.filename else ""
        return _say(f"{named}{error.strerror or error}")
    except KeyboardInterrupt:
        return INTERRUPTED


@contextmanager
def _for_this_user_only(command: str) -> Iterator[None]:
    """What is written meanwhile nobody else of this computer can read: data, backups and drafts are about customers.

    Plugins are not: they are made to be handed on.
    """
    before = None if command == "plugin" else os.umask(0o077)
    try:
        yield
    finally:
        if before is not None:
            os.umask(before)


class _Help(argparse.HelpFormatter):
    """As wide as the terminal. argparse makes one for each argument, and its own way to ask imports compression."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size().columns
        except (ValueError, OSError):
            columns = 80
        super().__init__(prog, width=columns - 2)


def _everywhere() -> argparse.ArgumentParser:
    """What may stand anywhere in the line, before or after the command and its own sub-commands."""
    parser = argparse.ArgumentParser(prog="workloom", add_help=False, allow_abbrev=False, formatter_class=_Help)
    parser.add_argument(
        "--data",
        metavar="DIR",
        default="",
        help=f"folder of the embedded data (also {DATA_VARIABLE}; default: the user's own data folder)",
    )
    return parser


def parser_for(given: Sequence[str]) -> tuple[argparse.ArgumentParser, dict[str, CommandModule]]:
    """The parser with all commands by name, those that are mentioned with their own arguments."""
    everywhere = [_everywhere()]
    parser = argparse.ArgumentParser(
        prog="workloom",
        description="An agent desktop for work items, and its engine.",
        parents=everywhere,
        formatter_class=_Help,
    )
    parser.add_argument("--version", action="version", version=f"workloom {__version__}")
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    modules = {}
    begins_with_one = any(command.name == word for command in COMMANDS for word in given[:1])
    for command in COMMANDS:
        if begins_with_one and command.name not in given:
            continue  # nobody asks for the list of all
        own = choices.add_parser(
            command.name, help=command.help, description=command.help, parents=everywhere, formatter_class=_Help
        )
        if command.name in given:
            modules[command.name] = cast("CommandModule", import_module(command.module))
            modules[command.name].configure(own)
    return parser, modules


def _say(message: str) -> int:
    print(f"workloom: {' '.join(message.split())}", file=sys.stderr)
    return WENT_WRONG
