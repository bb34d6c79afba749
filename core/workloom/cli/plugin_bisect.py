"""`workloom plugin bisect`: find the plugin that breaks something, in a few starts of the desktop."""

import argparse
from typing import Final

from workloom.api.plugins import PluginState
from workloom.domain.errors import BadInput
from workloom.domain.wording import count
from workloom.plugin_manager.discovery import installed
from workloom.plugin_manager.halving import Halving, HalvingFile
from workloom.plugin_manager.kept_states import KeptStates
from workloom.plugin_manager.manager import PluginManager
from workloom.settings import Settings

NAME: Final = "bisect"
HELP: Final = "Find the plugin that breaks something: half of them are off, you look, and say good or bad."
START, GOOD, BAD, STOP = "start", "good", "bad", "stop"
STEPS: Final = {
    START: "Begin: it breaks with all plugins that are on now.",
    GOOD: "It does not break with the plugins that are on.",
    BAD: "It still breaks.",
    STOP: "End the search; all plugins are on as before.",
}


def configure(bisect: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    steps = bisect.add_subparsers(dest="step", metavar="STEP", required=True)
    for step, said in STEPS.items():
        steps.add_parser(step, help=said)


def run(arguments: argparse.Namespace, manager: PluginManager, settings: Settings) -> int:
    """Carry out a step and say what is next. BadInput for one that does not come now; OSError."""
    file = HalvingFile(settings.data, KeptStates(settings.data))
    print(_step(arguments.step, file, manager))
    return 0


def _step(step: str, file: HalvingFile, manager: PluginManager) -> str:
    if step == START:
        if file.is_under_way:
            raise BadInput("A search is under way. End it with: workloom plugin bisect stop")
        return _go_on(file, Halving.of(_suspects(manager)))
    halving = file.read()
    if step == STOP:
        file.end(halving)
        return f"The search has ended. {count(len(halving.plugins), 'plugin')} are on as before."
    told = halving.told(good=step == GOOD)
    if not told.is_over:
        return _go_on(file, told)
    file.end(told)
    if not told.found:
        return "It breaks with none of the plugins on as well: no plugin is to blame. All are on as before."
    return (
        f"It begins to break with the plugin {told.found}. All are on as before; to keep this one off:\n"
        f"    workloom plugin disable {told.found}"
    )


def _go_on(file: HalvingFile, halving: Halving) -> str:
    file.keep(halving)
    on = f"on: {', '.join(halving.on)}" if halving.on else "none on"
    return (
        f"From the next start of the desktop, of {count(len(halving.plugins), 'plugin')} {on}.\n"
        f"Start it, look whether it still breaks, and say: workloom plugin bisect good, or bad.\n"
        f"{count(halving.rounds, 'round')} more at most."
    )


def _suspects(manager: PluginManager) -> tuple[str, ...]:
    """What is on and does not come with Workloom, in the order of the plugins."""
    strange = {one.name for one in installed() if not one.is_built_in}
    there = (PluginState.READY, PluginState.RUNNING)
    return tuple(info.id for info in manager.infos() if info.id in strange and info.state in there)
