"""Joins the two halves of a contribution: its table in the manifest, and what the hook returns for the same id."""

from collections.abc import Mapping, Sequence
from functools import cache
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


@cache
def _defaults(kind: type) -> Mapping[str, object]:
    """The fields of a kind of contribution, or of its declaration, with what each is where nothing is said."""
    return {field.name: field.default for field in fields(kind)}


def completed(item: Kind, declarations: Sequence[Declaration]) -> Kind:
    """The contribution with what its manifest says of it. BadPlugin if the manifest says nothing, or otherwise."""
    name = f"{type(item).__name__}(id={item.id!r})"
    table = TABLES[type(item)]
    declaration = next((one for one in declarations if one.id == item.id), None)
    if declaration is None:
        raise BadPlugin(f'{name}: it is not in the manifest. Add to plugin.toml: [[{table}]] id = "{item.id}"')
    kind: type = type(item)
    usual = _defaults(kind)
    said: dict[str, object] = {}
    for field, undeclared in _defaults(type(declaration)).items():
        here, there = getattr(item, field), getattr(declaration, field)
        if here == usual[field]:
            said[field] = there
        elif here != there and there != undeclared:
            raise BadPlugin(f"{name}: “{field}” is not what the manifest says, {there!r}. Say it there only")
    return replace(item, **said)
