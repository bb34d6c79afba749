"""`workloom plugin bundle`: a support bundle without a desktop: versions, manifests, states, tokens, options."""

import argparse
from pathlib import Path
from typing import Final

from workloom.bootstrap.catalogue import installed_options
from workloom.cli.engine import open_beside
from workloom.domain.errors import NotFound
from workloom.domain.option_layers import effective_options
from workloom.domain.options import OptionSet
from workloom.plugin_manager.manager import PluginManager
from workloom.settings import Settings

NAME: Final = "bundle"
HELP: Final = "Write a zip file for support, without data of customers."


def configure(bundle: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    bundle.add_argument("file", metavar="FILE", help="the zip file to write")
    bundle.add_argument("--agent", metavar="NAME", default="", help="with the options of this person, and who set each")


def run(arguments: argparse.Namespace, manager: PluginManager, settings: Settings) -> int:
    """Write it. NotFound if there is no such person; OSError if the file cannot be written."""
    options = _options(arguments.agent, settings) if arguments.agent else None
    manager.inspector.write_bundle(Path(arguments.file), options)
    print(f"{arguments.file} is written. The desktop's own bundle also has faults, times and the last calls.")
    return 0


def _options(person: str, settings: Settings) -> OptionSet:
    with open_beside(settings) as engine:
        site = engine.configuration.site()
    if person not in site.persons:
        raise NotFound(f"There is no person “{person}”. There is {', '.join(site.persons) or 'nobody'}.")
    return effective_options(installed_options(), site, person)
