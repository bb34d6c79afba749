"""Notices of what went wrong beside the work: plugins that failed, drafts that are not kept. No Qt."""

from collections.abc import Iterable

from workloom.api.contributions import Notice, Tone
from workloom.api.plugins import Fault, PluginInfo, PluginState


def plugin_name(plugin: str, infos: Iterable[PluginInfo]) -> str:
    """What people call a plugin."""
    return next((info.name for info in infos if info.id == plugin), plugin)


def plugin_failed(fault: Fault, infos: Iterable[PluginInfo]) -> Notice:
    """A plugin failed; its name as the manifest says it."""
    name = plugin_name(fault.plugin, infos)
    if fault.paused:
        text = "It failed too often. Your work goes on without it."
        return Notice(title=f"{name} was paused", text=text, tone=Tone.ERROR)
    text = f"{fault.error} in {fault.where}. Your work goes on; the item is safe."
    return Notice(title=f"{name} failed", text=text, tone=Tone.ERROR)


def not_started(infos: Iterable[PluginInfo]) -> tuple[Notice, ...]:
    """Plugins that are missing although nobody switched them off."""
    return tuple(
        Notice(
            title=f"{info.name} is not started", text=f"{info.reason} Your work goes on without it.", tone=Tone.WARNING
        )
        for info in infos
        if info.state in (PluginState.REFUSED, PluginState.PAUSED)
    )


def drafts_not_kept(error: OSError) -> Notice:
    """What is typed is not safe from a crash."""
    text = (
        f"{error.strerror or error}: {error.filename}. What you type is lost if this computer fails. Make room on it."
    )
    return Notice(title="Drafts cannot be kept", text=text, tone=Tone.ERROR)
