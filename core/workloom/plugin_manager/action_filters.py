"""What manifests keep out of toolbars, or put in the place of an action."""

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from workloom.api.contributions import STATUS_ACTIONS, ActionFilter
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import Manifest


def action_filters_of(
    plugin: str, manifests: Sequence[Manifest], fault: Callable[[str, str, BaseException], object]
) -> tuple[ActionFilter, ...]:
    """Those of a plugin. A misspelled action is a fault; one of a plugin that is not here is none."""
    known = {*STATUS_ACTIONS, *(action.id for manifest in manifests for action in manifest.action)}
    good = []
    for one in next((manifest.action_filters() for manifest in manifests if manifest.id == plugin), ()):
        wrong = one.action if one.action not in known else one.instead if one.instead not in known | {""} else ""
        near = get_close_matches(wrong, known, n=1, cutoff=0.8) if wrong else []
        if near:
            text = f"there is no action “{wrong}”; did you mean “{near[0]}”?"
            fault(plugin, f"action filter {one.id}", BadPlugin(text))
        else:
            good.append(one)
    return tuple(good)
