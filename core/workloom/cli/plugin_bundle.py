"""`workloom plugin bundle`: versions, manifests, states, tokens, options, and what the desktop has written down."""

import argparse
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from workloom.bootstrap.catalogue import installed_options
from workloom.cli.engine import open_beside
from workloom.domain.errors import NotFound
from workloom.domain.option_layers import effective_options
from workloom.domain.options import OptionSet
from workloom.domain.wording import count
from workloom.plugin_manager.manager import PluginManager
from workloom.plugin_manager.seen import read_seen
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
    seen = read_seen(settings.data)
    manager.inspector.write_bundle(Path(arguments.file), options)
    if seen is None:
        print(
            f"{arguments.file} is written. No desktop has run on {settings.data}, so it has no faults, times and calls."
        )
        return 0
    with ZipFile(arguments.file, "a", ZIP_DEFLATED) as bundle:
        bundle.writestr("desktop.json", msgspec.json.format(msgspec.json.encode(seen)))
    faults, at = count(len(seen.faults), "fault"), f"{seen.at.astimezone():%Y-%m-%d %H:%M:%S}"
    print(f"{arguments.file} is written, with {faults}, the times and the last calls of the desktop as of {at}.")
    return 0


def _options(person: str, settings: Settings) -> OptionSet:
    with open_beside(settings) as engine:
        site = engine.configuration.site()
    if person not in site.persons:
        raise NotFound(f"There is no person “{person}”. There is {', '.join(site.persons) or 'nobody'}.")
    return effective_options(installed_options(), site, person)
