"""`workloom plugin faults`: what plugins did wrong in the desktop that runs, or in the last one that ran."""

import argparse
from collections.abc import Sequence
from typing import Final

from workloom.api.plugins import Fault
from workloom.domain.errors import BadInput
from workloom.plugin_manager.seen import Seen, read_seen
from workloom.settings import Settings

NAME: Final = "faults"
HELP: Final = "List what plugins did wrong in the desktop that runs or ran last."


def configure(faults: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    faults.add_argument("--of", metavar="NAME", default="", help="only those of this plugin")
    faults.add_argument("--trace", action="store_true", help="with the way to each through the code")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print them. BadInput if the file of the desktop cannot be read."""
    seen = read_seen(settings.data)
    if seen is None:
        raise BadInput(f"No desktop has run on {settings.data} yet. Name its folder with --data.")
    print(told(seen, arguments.of, with_trace=arguments.trace))
    return 0


def told(seen: Seen, plugin: str = "", *, with_trace: bool = False) -> str:
    """The faults, oldest first, and when they were written."""
    faults = [fault for fault in seen.faults if not plugin or fault.plugin == plugin]
    head = f"Written {seen.at.astimezone():%Y-%m-%d %H:%M:%S} by the desktop with the process {seen.process}."
    return "\n".join([head, *(_lines(faults, with_trace=with_trace) or ["No plugin has failed."])])


def _lines(faults: Sequence[Fault], *, with_trace: bool) -> list[str]:
    lines = []
    for fault in faults:
        paused = "  paused" if fault.paused else ""
        lines.append(f"{fault.at.astimezone():%H:%M:%S}  {fault.plugin}  {fault.where}  {fault.error}{paused}")
        if with_trace:
            lines += [f"    {line}" for line in fault.trace.splitlines()]
    return lines
