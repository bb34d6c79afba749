"""Notices of what went wrong beside the work: plugins that failed, drafts that are not kept. No Qt."""

from collections.abc import Iterable
from typing import Final

from workloom.api.contributions import Notice, Tone
from workloom.api.plugins import Fault, PluginInfo, PluginState
from workloom.shell.words import say

UNFIT: Final = "BadPlugin"
"""The error of a plugin that does not fit: the desktop says what is wrong with it and what to do."""


def plugin_name(plugin: str, infos: Iterable[PluginInfo]) -> str:
    """What people call a plugin."""
    return next((info.name for info in infos if info.id == plugin), plugin)


def plugin_failed(fault: Fault, infos: Iterable[PluginInfo]) -> Notice:
    """A plugin failed; its name as the manifest says it."""
    name, about = plugin_name(fault.plugin, infos), f"plugin:{fault.plugin}"
    if fault.paused:
        text = say("It failed too often. Your work goes on without it.")
        return Notice(title=say("{name} was paused", name=name), text=text, tone=Tone.ERROR, about=about)
    text = say("{error} in {where}. Your work goes on; the item is safe.", error=fault.error, where=fault.where)
    if fault.error == UNFIT:
        problem = fault.said.removesuffix(".")
        text = say("{where}: {problem}. Your work goes on; the item is safe.", where=fault.where, problem=problem)
    return Notice(title=say("{name} failed", name=name), text=text, tone=Tone.ERROR, about=about)


def not_started(infos: Iterable[PluginInfo]) -> tuple[Notice, ...]:
    """Plugins that are missing although nobody switched them off."""
    return tuple(
        Notice(
            title=say("{name} is not started", name=info.name),
            text=say("{reason} Your work goes on without it.", reason=info.reason),
            tone=Tone.WARNING,
            about=f"plugin:{info.id}",
        )
        for info in infos
        if info.state in (PluginState.REFUSED, PluginState.PAUSED)
    )


def drafts_not_kept(error: OSError) -> Notice:
    """What is typed is not safe from a crash."""
    text = say(
        "{problem}: {file}. What you type is lost if this computer fails. Make room on it.",
        problem=error.strerror or error,
        file=error.filename,
    )
    return Notice(title=say("Drafts cannot be kept"), text=text, tone=Tone.ERROR)
