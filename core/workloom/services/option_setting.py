"""Setting one option in one layer of the site: what is checked, and whom it reaches. Pure."""

from collections.abc import Mapping
from difflib import get_close_matches

from msgspec.structs import replace

from workloom.domain.errors import BadInput, NotFound
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.domain.option_layers import declared_names
from workloom.domain.option_values import Unfit, as_text, read_value
from workloom.domain.options import MEDIA_TYPE, LayerKind, OptionLayer, OptionValue
from workloom.domain.site import Options, Site
from workloom.domain.wording import shortened


def settings_of(site: Site, layer: OptionLayer) -> Options:
    """What a layer sets. NotFound if there is no such agent group or person."""
    if layer.kind is LayerKind.APPLICATION:
        return site.application_options
    if layer.kind is LayerKind.TENANT:
        return site.tenant_options
    is_group = layer.kind is LayerKind.AGENT_GROUP
    found = (site.groups if is_group else site.persons).get(layer.name)
    if found is None:
        raise NotFound(f"There is no {'agent group' if is_group else 'person'} “{layer.name}”.")
    return found.options


def with_option(site: Site, option: str, value: OptionValue | None, layer: OptionLayer) -> Site:
    """The site with the option set in the layer; None takes the setting away. NotFound as of `settings_of`."""
    settings = {name: each for name, each in settings_of(site, layer).items() if name != option}
    if value is not None:
        settings[option] = list(value) if isinstance(value, tuple) else value
    if layer.kind is LayerKind.APPLICATION:
        return replace(site, application_options=settings)
    if layer.kind is LayerKind.TENANT:
        return replace(site, tenant_options=settings)
    if layer.kind is LayerKind.AGENT_GROUP:
        group = replace(site.groups[layer.name], options=settings)
        return replace(site, groups={**site.groups, layer.name: group})
    person = replace(site.persons[layer.name], options=settings)
    return replace(site, persons={**site.persons, layer.name: person})


def check_setting(catalogue: OptionCatalogue, site: Site, option: str, value: OptionValue | None) -> None:
    """BadInput if nobody declares the option, or the value does not fit it; to take any setting away is allowed."""
    if value is None:
        return
    declared = catalogue.find(option)
    media_type = declared.filled.get(MEDIA_TYPE) if declared is not None else None
    if declared is None or (media_type is not None and media_type not in site.media_types):
        near = get_close_matches(option, [known for known, _ in declared_names(catalogue, site, ())], n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise BadInput(f"The option “{shortened(option, 200)}” is declared by nobody.{hint}", field="option")
    try:
        read_value(declared.spec, value, site)
    except Unfit as unfit:
        found = shortened(as_text(value), 200)
        raise BadInput(f"{option}: expected {unfit.expected}, found “{found}”.", field="value") from unfit


def reached(site: Site, option: str, layer: OptionLayer) -> int:
    """How many people have no setting of the option that is stronger than one in this layer."""
    return sum(1 for name in site.persons if _reaches(site, name, option, layer))


def _reaches(site: Site, person: str, option: str, layer: OptionLayer) -> bool:
    who = site.persons[person]
    groups = sorted(name for name in who.groups if name in site.groups)
    layers: list[tuple[OptionLayer, Mapping[str, object]]] = [
        (OptionLayer(), site.application_options),
        (OptionLayer(kind=LayerKind.TENANT), site.tenant_options),
        *((OptionLayer(kind=LayerKind.AGENT_GROUP, name=name), site.groups[name].options) for name in groups),
        (OptionLayer(kind=LayerKind.PERSON, name=person), who.options),
    ]
    place = next((place for place, (each, _) in enumerate(layers) if each == layer), None)
    return place is not None and not any(option in settings for _, settings in layers[place + 1 :])
