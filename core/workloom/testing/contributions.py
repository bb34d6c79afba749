"""What plugins add to an agent's window, as lines of text: for a snapshot that a person can read in a review."""

from collections.abc import Collection

from workloom.api.contributions import Action, ActionFilter, Channel, InteractionView, View
from workloom.api.gates import Gate
from workloom.shell.registries.contributions import Registries


def contribution_lines(registries: Registries, plugins: Collection[str] = ()) -> tuple[str, ...]:
    """A line for each contribution of these plugins (none named = all), each kind in the order of the window."""
    everything = (
        *registries.all_channels,
        *registries.all_interaction_views,
        *registries.all_views,
        *registries.all_actions,
        *registries.all_filters,
        *registries.all_gates,
    )
    return tuple(_line(entry.what) for entry in everything if not plugins or entry.plugin in plugins)


def _line(what: Channel | InteractionView | View | Action | ActionFilter | Gate) -> str:
    match what:
        case Channel():
            said = ["channel", what.id, _all(what.media_types)]
        case InteractionView():
            said = ["pane", what.id, _all((*what.media_types, *what.subtypes))]
        case View():
            said = ["view", what.id, f"“{what.title}”", f"in {what.region.value}", _needs(what.privilege)]
        case Action():
            places = _all(tuple(place.value for place in what.places))
            keys = f"key {what.key}" if what.key else ""
            said = ["action", what.id, f"“{what.title}”", f"in {places}", keys, _needs(what.privilege)]
        case ActionFilter():
            does = f"by {what.instead}" if what.instead else f"“{what.reason}”" if what.reason else "hidden"
            said = ["filter", what.id, f"{what.action} {does}"]
        case Gate():
            said = ["gate", what.id, f"before {_all((*what.commands, *what.actions))}"]
    return " ".join(part for part in (*said, f"order {what.order}") if part)


def _all(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "any"


def _needs(privilege: str) -> str:
    return f"needs “{privilege}”" if privilege else ""
