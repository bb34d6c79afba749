"""`workloom plugin enable` and `disable`: which plugins the desktop starts, kept in the data folder."""

from collections.abc import Sequence
from typing import Final

from workloom.api.plugins import PluginInfo
from workloom.plugin_manager.admission import check_names
from workloom.plugin_manager.kept_states import FILE, KeptStates
from workloom.settings import Settings

NAMES: Final = {"enable": "Let a plugin start.", "disable": "Keep a plugin off."}


def switch(plugin: str, infos: Sequence[PluginInfo], settings: Settings, *, on: bool) -> str:
    """Write it down; what to tell. BadInput when there is no such plugin; OSError when it cannot be written."""
    check_names([plugin], [info.id for info in infos])
    KeptStates(settings.data).switch(plugin, on=on)
    needing = [info.id for info in infos if plugin in info.requires]
    told = f"{plugin} is {'on' if on else 'off'} from the next start of the desktop on, as {settings.data / FILE} says."
    if not on and needing:
        told += f"\nWithout it these are not started: {', '.join(needing)}."
    return told
