"""Which sub-commands there are, and what each of their modules offers."""

import argparse
from typing import Final, NamedTuple, Protocol

from workloom.settings import Settings


class CommandModule(Protocol):
    """A module with a sub-command."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments of the sub-command."""
        ...

    def run(self, arguments: argparse.Namespace, settings: Settings) -> int:
        """Do it; the exit code. Raises WorkloomError kinds, which the frame says in one line."""
        ...


class CommandRow(NamedTuple):
    """Name of a sub-command, its module, and one line of help."""

    name: str
    module: str
    help: str


COMMANDS: Final = (
    CommandRow("desktop", "workloom.cli.desktop", "Open the agent desktop."),
    CommandRow("server", "workloom.cli.server", "Serve desktops over HTTP."),
    CommandRow("demo", "workloom.cli.demo", "Start a server node and three desktops that share its work."),
    CommandRow("site", "workloom.cli.site", "Check, apply and show the configuration of the site."),
    CommandRow("client", "workloom.cli.client", "Let programs use the HTTP API, each with a token of its own."),
    CommandRow("db", "workloom.cli.db", "Upgrade, check and back up the data."),
    CommandRow("explain", "workloom.cli.explain", "Say why an agent gets no offers, or why an item is waiting."),
    CommandRow("options", "workloom.cli.options", "List the options, with the layer that sets each."),
    CommandRow("capture", "workloom.cli.capture", "Import work items from a file."),
    CommandRow("simulate", "workloom.cli.simulate", "Run a day of a contact centre in seconds, from a seed."),
    CommandRow("plugin", "workloom.cli.plugin", "List and check the plugins."),
)
