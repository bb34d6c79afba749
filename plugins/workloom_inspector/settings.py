"""The options in effect as a list, and what an administrator would have to write to change one. No Qt."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from workloom.api import (
    Cell,
    LayerKind,
    OptionCatalogue,
    OptionChange,
    OptionLayer,
    OptionSet,
    OptionSpec,
    Person,
    Row,
    as_text,
    wording,
)


class Shown(Struct, frozen=True, kw_only=True):
    """One option in effect: its name with the media type filled in, its declaration, value and layer."""

    name: str
    spec: OptionSpec
    value: str
    layer: str


def shown(catalogue: OptionCatalogue, options: OptionSet, text: str = "") -> tuple[Shown, ...]:
    """Options in whose names, meanings, values or layers all words of a text occur, by name.

    A declaration whose placeholders nobody has filled in stands there as it is, with its usual value.
    """
    words, found = text.casefold().split(), _all(catalogue, options)
    return tuple(one for one in found if all(word in _about(one) for word in words))


def _all(catalogue: OptionCatalogue, options: OptionSet) -> list[Shown]:
    found = []
    for name in options.names():
        declared, source = catalogue.find(name), options.source(name)
        if declared is not None:
            found.append(Shown(name=name, spec=declared.spec, value=as_text(source.value), layer=source.layer))
    there = {one.spec.name for one in found}
    rest = (spec for spec in catalogue if spec.name not in there)
    found += [Shown(name=spec.name, spec=spec, value=as_text(spec.default), layer="default") for spec in rest]
    return sorted(found, key=lambda one: one.name)


def _about(one: Shown) -> str:
    return f"{one.name} {one.spec.meaning} {one.value} {one.layer} {one.spec.declared_by}".casefold()


def row(one: Shown) -> Row:
    """The option as a row of the list."""
    is_default = one.layer == "default"
    cells = {
        "name": Cell(text=one.name, tooltip=one.spec.meaning),
        "value": Cell(text=one.value or "empty", tone="muted" if is_default else "", tooltip=one.value),
        "layer": Cell(text="usual" if is_default else one.layer, tone="muted" if is_default else "accent"),
        "by": Cell(text=one.spec.declared_by, tone="muted"),
    }
    return Row(id=one.name, cells=cells, icon="settings-2")


APPLICATION: Final = {"options": (OptionLayer(), "Application, for everybody")}


def tables(me: Person) -> Mapping[str, tuple[OptionLayer, str]]:
    """The layers in which an option can be set, with their words, by the table of the site file."""
    groups = {
        f'groups."{name}".options': (OptionLayer(kind=LayerKind.AGENT_GROUP, name=name), f"Agent group {name}")
        for name in sorted(me.groups)
    }
    person = OptionLayer(kind=LayerKind.PERSON, name=me.name)
    return {
        **APPLICATION,
        "tenant-options": (OptionLayer(kind=LayerKind.TENANT), "Tenant"),
        **groups,
        f'persons."{me.name}".options': (person, f"Person {me.name}"),
    }


def change_words(change: OptionChange) -> str:
    """What a change does: `Application: not set → 30. 3 people get another setting.`"""
    before, after = (
        "not set" if value is None else as_text(value) or "empty" for value in (change.before, change.after)
    )
    if change.before == change.after:
        return f"{change.layer}: it is {after} already." if change.after is not None else f"{change.layer}: not set."
    said = f"{change.layer}: {before} → {after}."
    if not change.persons:
        return f"{said} Nobody gets another setting: stronger layers of theirs have one."
    verb = "gets" if change.persons == 1 else "get"
    return f"{said} {wording.count(change.persons, 'person', 'people')} {verb} another setting."
