"""Reading the raw value of a setting as its option's type."""

import re

from workloom.domain.option_catalogue import expected_value
from workloom.domain.options import OptionSpec, OptionType, OptionValue
from workloom.domain.site import BusinessAttribute, Site

REASONS = "not-ready-reasons"
"""Business attribute that lists the reasons for Not Ready."""


class Unfit(Exception):
    """A value that does not fit its option. `expected` says in words what would."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def read_value(spec: OptionSpec, raw: object, site: Site) -> OptionValue:
    """The value of a setting, with the names in it checked against the site. Raises Unfit.

    A list may be given as a list or as one text with commas.
    """
    value = _typed(spec, raw)
    if value is None:
        raise Unfit(expected_value(spec))
    words = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    for word in words:
        if spec.allowed and word not in spec.allowed:
            raise Unfit(expected_value(spec))
        if spec.pattern and word and not re.fullmatch(spec.pattern, word):
            raise Unfit(expected_value(spec))
        if spec.refers_to and word and not _names_object(site, spec.refers_to, word):
            raise Unfit(f"{expected_value(spec)}; “{word}” is none")
    return value


def as_text(value: object) -> str:
    """A value, also one that does not fit, as a site file would write it, without quotes and brackets."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _typed(spec: OptionSpec, raw: object) -> OptionValue | None:
    if spec.type is OptionType.FLAG:
        return raw if isinstance(raw, bool) else None
    if spec.type is OptionType.NUMBER:
        return _number(spec, raw)
    if spec.type is OptionType.LIST:
        return _words(raw)
    return raw if isinstance(raw, str) else None


def _number(spec: OptionSpec, raw: object) -> int | None:
    if isinstance(raw, bool) or not isinstance(raw, int):
        return None
    too_small = spec.minimum is not None and raw < spec.minimum
    too_large = spec.maximum is not None and raw > spec.maximum
    return None if too_small or too_large else raw


def _words(raw: object) -> tuple[str, ...] | None:
    if isinstance(raw, str):
        return tuple(word for word in (part.strip() for part in raw.split(",")) if word)
    if isinstance(raw, list | tuple) and all(isinstance(word, str) for word in raw):
        return tuple(raw)
    return None


def _names_object(site: Site, kind: str, name: str) -> bool:
    if kind == "reason":
        reasons = site.business_attributes.get(REASONS, BusinessAttribute(name=REASONS))
        return any(value.name == name for value in reasons.values)
    objects = {
        "media-type": site.media_types,
        "queue": site.queues,
        "workbin": site.workbins,
        "business-attribute": site.business_attributes,
        "agent-group": site.groups,
        "person": site.persons,
    }
    return name in objects[kind]
