"""Which options are in effect for whom: the layers laid over one another.

Code default → Application → Tenant → Agent Group → Person → strategy (for one item); the later wins, and of two groups
the one whose name is later in the alphabet. A setting that is not declared or does not fit is left out and reported
with its layer: the last good layer holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from workloom.domain.interaction import Interaction
from workloom.domain.option_catalogue import OptionCatalogue, fill, is_placeholder
from workloom.domain.option_values import Unfit, as_text, read_value
from workloom.domain.options import MEDIA_TYPE, OptionProblem, OptionSet, OptionSource, OptionSpec
from workloom.domain.site import Options, Site

OVERRIDE_KEY = "interaction.override-option-key"
"""Option that names the attached key which names the transactions."""

DEFAULT_LAYER = "default"

_Found = tuple[str, str, str, str]  # option, layer, found, expected


def effective_options(
    catalogue: OptionCatalogue, site: Site, person: str, item: Interaction | None = None
) -> OptionSet:
    """The options in effect for a person, and for one item with what its routing strategy overrides.

    The part without the item is kept per site and person, so that asking again costs a dictionary look-up.
    """
    base = catalogue.kept(site, person, lambda: _base(catalogue, site, person))
    if item is None or OVERRIDE_KEY not in base.names():
        return base
    named = item.attached.get(base.text(OVERRIDE_KEY))
    if named is None or named == "":
        return base
    return _overridden(catalogue, site, base, str(named))


def layers_of(site: Site, person: str) -> tuple[tuple[str, Options], ...]:
    """Name and settings of each layer that applies to a person, the weakest first."""
    who = site.persons.get(person)
    groups = sorted(who.groups) if who else ()
    return (
        ("Application", site.application_options),
        (f"Tenant {site.tenant}", site.tenant_options),
        *((f"Agent Group {name}", site.groups[name].options) for name in groups if name in site.groups),
        *(((f"Person {person}", who.options),) if who else ()),
    )


def _base(catalogue: OptionCatalogue, site: Site, person: str) -> OptionSet:
    layers = layers_of(site, person)
    values = {
        name: OptionSource(value=spec.default, layer=DEFAULT_LAYER)
        for name, spec in declared_names(catalogue, site, (name for _, settings in layers for name in settings))
    }
    found = [problem for layer, settings in layers for problem in _lay(catalogue, site, values, layer, settings)]
    return OptionSet(values, _problems(found, values))


def _overridden(catalogue: OptionCatalogue, site: Site, base: OptionSet, named: str) -> OptionSet:
    values = {name: base.source(name) for name in base.names()}
    found: list[_Found] = []
    for name in (part.strip() for part in named.split(",")):
        layer = f"Strategy {name}"
        transaction = site.transactions.get(name)
        if transaction is None:
            if name:
                found.append((OVERRIDE_KEY, layer, name, "the name of a transaction"))
            continue
        found += _lay(catalogue, site, values, layer, transaction.options, by_strategy=True)
    return OptionSet(values, (*base.problems, *_problems(found, values)))


def _lay(
    catalogue: OptionCatalogue,
    site: Site,
    values: dict[str, OptionSource],
    layer: str,
    settings: Options,
    *,
    by_strategy: bool = False,
) -> Iterator[_Found]:
    """Lay one layer on top; yields what does not fit."""
    for name, raw in settings.items():
        declared = catalogue.find(name)
        if declared is None:
            yield name, layer, as_text(raw), "an option that is declared"
            continue
        media_type = declared.filled.get(MEDIA_TYPE)
        if media_type is not None and media_type not in site.media_types:
            yield name, layer, media_type, "the name of a media type"
            continue
        if by_strategy and not declared.spec.strategy:
            yield name, layer, as_text(raw), "an option that a strategy may override"
            continue
        try:
            values[name] = OptionSource(value=read_value(declared.spec, raw, site), layer=layer)
        except Unfit as unfit:
            yield name, layer, as_text(raw), unfit.expected


def declared_names(catalogue: OptionCatalogue, site: Site, settings: Iterable[str]) -> Iterator[tuple[str, OptionSpec]]:
    """Each concrete option name of the site with its declaration.

    `<mt>` stands for every media type of the site; other placeholders for what the settings name and for the fixed
    names of sibling declarations (`in-progress` among the nicknames of workbins).
    """
    bound = _bindings(catalogue, settings)
    for spec in catalogue:
        parts = spec.name.split(".")
        places = [part for part in parts if is_placeholder(part)]
        if not places:
            yield spec.name, spec
            continue
        choices = [
            tuple(site.media_types)
            if place == MEDIA_TYPE
            else tuple(sorted(bound.get(place, set()) | catalogue.literals_for(spec, parts.index(place))))
            for place in places
        ]
        for chosen in product(*choices):
            name = fill(spec.name, dict(zip(places, chosen, strict=True)))
            declared = catalogue.find(name)
            if declared is not None and declared.spec is spec:
                yield name, spec


def _bindings(catalogue: OptionCatalogue, settings: Iterable[str]) -> Mapping[str, set[str]]:
    """What the settings put in the place of each placeholder."""
    bound: dict[str, set[str]] = {}
    for name in settings:
        declared = catalogue.find(name)
        for place, value in declared.filled.items() if declared else ():
            bound.setdefault(place, set()).add(value)
    return bound


def _problems(found: Iterable[_Found], values: Mapping[str, OptionSource]) -> tuple[OptionProblem, ...]:
    return tuple(
        OptionProblem(option=option, layer=layer, found=what, expected=expected, in_use=_in_use(values.get(option)))
        for option, layer, what, expected in found
    )


def _in_use(source: OptionSource | None) -> str:
    return f"{as_text(source.value) or 'nothing'} ({source.layer})" if source else ""
