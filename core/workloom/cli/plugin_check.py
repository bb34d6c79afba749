"""`workloom plugin check`: what is wrong with a plugin, installed or in a folder that is being worked on."""

import argparse
import sys
from pathlib import Path
from typing import Final

from workloom.domain.errors import BadInput
from workloom.plugin_manager.admission import check_names
from workloom.plugin_manager.check import Checked, check_plugin
from workloom.plugin_manager.discovery import Candidate, installed
from workloom.testing.plugins import PROJECT, plugins_of

NAME: Final = "check"
HELP: Final = "Check a plugin: manifest, hooks, tokens, api, translations."


def configure(check: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    check.add_argument(
        "what", metavar="PATH|NAME", help=f"folder with the {PROJECT} of a plugin, or id of an installed one"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; 1 if something is wrong. BadInput when there is no such plugin."""
    others = installed()
    results = [check_plugin(candidate, others) for candidate in _candidates(arguments.what, others)]
    print("\n".join(told(result) for result in results))
    return 1 if any(result.problems for result in results) else 0


def told(result: Checked) -> str:
    """One plugin as text."""
    lines = [f"{result.plugin}: {len(result.problems) or 'no'} problem{'' if len(result.problems) == 1 else 's'}"]
    lines += [f"  {problem}" for problem in result.problems]
    if result.level:
        lines.append(f"  api level {result.level} is needed, {result.declared_level} is declared")
        lines.append(f"  uses {', '.join(result.used) or 'nothing'} of workloom.api")
    return "\n".join(lines)


def _candidates(what: str, others: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    folder = Path(what)
    if folder.is_dir():
        if not (folder / PROJECT).is_file():
            raise BadInput(f"{folder} has no {PROJECT}. Name the folder of a distribution, or the id of a plugin.")
        found = plugins_of(folder)
        sys.path[:0] = [str(folder), str(folder / "src")]
        return found
    check_names([what], [one.name for one in others])
    return tuple(one for one in others if one.name == what)
