"""Joins the two halves of a contribution: its table in the manifest, and what the hook returns for the same id."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from msgspec.structs import fields, replace

from workloom.api.contributions import Action, Channel, InteractionView, View
from workloom.api.gates import Gate
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest_tables import Declaration

Contribution = Action | Channel | Gate | InteractionView | View
Kind = TypeVar("Kind", bound=Contribution)

TABLES: Final[Mapping[type, str]] = {
    Action: "action",
    Channel: "channel",
    Gate: "gate",
    InteractionView: "interaction-view",
    View: "view",
}
"""The table of the manifest that declares each kind."""


def completed(item: Kind, declarations: Sequence[Declaration]) -> Kind:
    """The contribution with what its manifest says of it. BadPlugin if the manifest says nothing, or otherwise."""
    name = f"{type(item).__name__}(id={item.id!r})"
    table = TABLES[type(item)]
    declaration = next((one for one in declarations if one.id == item.id), None)
    if declaration is None:
        raise BadPlugin(f'{name}: it is not in the manifest. Add to plugin.toml: [[{table}]] id = "{item.id}"')
    usual = {field.name: field.default for field in fields(item)}
    said: dict[str, object] = {}
    for field in fields(declaration):
        here, there = getattr(item, field.name), getattr(declaration, field.name)
        if here == usual[field.name]:
            said[field.name] = there
        elif here != there and there != field.default:
            raise BadPlugin(f"{name}: “{field.name}” is not what the manifest says, {there!r}. Say it there only")
    return replace(item, **said)
