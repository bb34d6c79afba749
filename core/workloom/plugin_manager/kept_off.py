"""Why plugins do not start this time: a person has switched them off, a crash has paused them, or only our own may."""

from collections.abc import Sequence

from workloom.api.plugins import PluginState
from workloom.plugin_manager.discovery import Found
from workloom.plugin_manager.kept_states import KeptStates
from workloom.plugin_manager.start_guard import Left

SAFE_MODE = "The desktop was started in safe mode, with what comes with Workloom alone."


def kept_off(
    found: Sequence[Found], states: KeptStates | None, left: Left | None, *, safe: bool
) -> dict[str, tuple[PluginState, str]]:
    """State and reason by plugin. What a crash has left behind is paused from now on.

    A crash between two calls is nobody's: this start is a careful one, and the next one knows more.
    """
    versions = {one.candidate.name: one.manifest.version if one.manifest else "" for one in found}
    kept: dict[str, tuple[PluginState, str]] = {}
    if states is not None:
        if left is not None and left.plugin in versions:
            at = left.at.astimezone().strftime("%d %B %Y, %H:%M:%S")
            states.pause(
                left.plugin,
                versions[left.plugin],
                f"The desktop ended on {at} while the plugin was in “{left.where}”, so it is not started.",
            )
        kept = states.read(versions)
    if safe:
        strange = [one.candidate.name for one in found if not one.candidate.is_built_in]
        kept |= dict.fromkeys(strange, (PluginState.OFF, SAFE_MODE))
    return kept
