"""The options in effect as a list, and what an administrator would have to write to change one. No Qt."""

from collections.abc import Mapping

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
    Say,
    as_it_is,
    as_text,
    say_count,
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


def row(one: Shown, say: Say = as_it_is) -> Row:
    """The option as a row of the list."""
    is_default = one.layer == "default"
    cells = {
        "name": Cell(text=one.name, tooltip=one.spec.meaning),
        "value": Cell(text=one.value or say("empty"), tone="muted" if is_default else "", tooltip=one.value),
        "layer": Cell(text=say("usual") if is_default else one.layer, tone="muted" if is_default else "accent"),
        "by": Cell(text=one.spec.declared_by, tone="muted"),
    }
    return Row(id=one.name, cells=cells, icon="settings-2")


def tables(me: Person | None, say: Say) -> Mapping[str, tuple[OptionLayer, str]]:
    """The layers in which an option can be set, with their words, by the table of the site file.

    Without the person, who is not known yet, it is that of everybody.
    """
    everybody = {"options": (OptionLayer(), say("Application, for everybody"))}
    if me is None:
        return everybody
    groups = {
        f'groups."{name}".options': (
            OptionLayer(kind=LayerKind.AGENT_GROUP, name=name),
            say("Agent group {name}", name=name),
        )
        for name in sorted(me.groups)
    }
    person = OptionLayer(kind=LayerKind.PERSON, name=me.name)
    return {
        **everybody,
        "tenant-options": (OptionLayer(kind=LayerKind.TENANT), say("Tenant")),
        **groups,
        f'persons."{me.name}".options': (person, say("Person {name}", name=me.name)),
    }


def change_words(change: OptionChange, say: Say) -> str:
    """What a change does: `Application: not set → 30. 3 people get another setting.`"""
    layer = change.layer
    before, after = (
        say("not set") if value is None else as_text(value) or say("empty") for value in (change.before, change.after)
    )
    if change.before == change.after:
        if change.after is None:
            return say("{layer}: not set.", layer=layer)
        return say("{layer}: it is {value} already.", layer=layer, value=after)
    if not change.persons:
        nobody = say("Nobody gets another setting: stronger layers of theirs have one.")
        return f"{layer}: {before} → {after}. {nobody}"
    people = say_count(
        say, change.persons, "{count} person gets another setting.", "{count:,} people get another setting."
    )
    return f"{layer}: {before} → {after}. {people}"
