"""The options in effect as a list, and what an administrator would have to write to change one. No Qt."""

from collections.abc import Mapping

from msgspec import Struct

from workloom.api import Cell, OptionCatalogue, OptionSet, OptionSpec, Person, Row, as_text


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


def tables(me: Person) -> Mapping[str, str]:
    """The layers in which an option can be set, by the table of the site file."""
    groups = {f'groups."{group}".options': f"Agent group {group}" for group in sorted(me.groups)}
    return {
        "options": "Application, for everybody",
        "tenant-options": "Tenant",
        **groups,
        f'persons."{me.name}".options': f"Person {me.name}",
    }
