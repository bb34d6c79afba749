"""Options by their declarations: as JSON Schema, and as settings that an administrator writes into a site file."""

import json
from typing import Any, Final

from msgspec.structs import replace

from workloom.domain.option_catalogue import OptionCatalogue, expected_value
from workloom.domain.option_values import Unfit, as_text, read_value
from workloom.domain.options import OptionSpec, OptionType, OptionValue
from workloom.domain.site import Site

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def option_schema(spec: OptionSpec) -> dict[str, Any]:
    """The JSON Schema of one option's value; what only we know stands under `x-`."""
    kinds: dict[OptionType, dict[str, Any]] = {
        OptionType.FLAG: {"type": "boolean"},
        OptionType.NUMBER: {"type": "integer"},
        OptionType.TEXT: {"type": "string"},
        OptionType.CHOICE: {"type": "string"},
        OptionType.LIST: {"type": "array", "items": {"type": "string"}},
    }
    schema = {"description": spec.meaning, **kinds[spec.type]}
    text = schema["items"] if spec.type is OptionType.LIST else schema
    if spec.allowed:
        text["enum"] = list(spec.allowed)
    if spec.pattern:
        text["pattern"] = f"^(?:{spec.pattern})?$"
    bounds = (("minimum", spec.minimum), ("maximum", spec.maximum))
    schema |= {name: bound for name, bound in bounds if bound is not None}
    schema["default"] = list(spec.default) if isinstance(spec.default, tuple) else spec.default
    schema |= {"x-takes-effect": spec.takes_effect.value, "x-declared-by": spec.declared_by}
    if spec.strategy:
        schema["x-strategy"] = True
    if spec.refers_to:
        schema["x-refers-to"] = spec.refers_to
    return schema


def options_schema(catalogue: OptionCatalogue) -> dict[str, Any]:
    """The JSON Schema of a table of options; names with placeholders are patterns."""
    fixed = {spec.name: option_schema(spec) for spec in catalogue if "<" not in spec.name}
    patterns = {_pattern(spec.name): option_schema(spec) for spec in catalogue if "<" in spec.name}
    return {
        "$schema": DRAFT,
        "type": "object",
        "properties": fixed,
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def read_typed(spec: OptionSpec, text: str) -> tuple[OptionValue, str]:
    """What somebody has typed as a value, and why it does not fit in words; empty = it does.

    Whether the objects exist that it names is a matter of the site.
    """
    raw: object = text.strip()
    if spec.type is OptionType.FLAG:
        raw = {"true": True, "false": False}.get(text.strip(), text)
    elif spec.type is OptionType.NUMBER:
        try:
            raw = int(text)
        except ValueError:
            raw = text
    try:
        return read_value(replace(spec, refers_to=""), raw, Site()), ""
    except Unfit as unfit:
        return spec.default, f"Expected {unfit.expected}, found “{text}”."


def as_setting(table: str, name: str, value: OptionValue) -> str:
    """The lines that set an option in a site file; `table` such as `persons.lena.options`."""
    written = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
    return f'[{table}]\n"{name}" = {written}\n'


def value_words(spec: OptionSpec) -> str:
    """What a value must be and what holds without one: `true or false, usually false`."""
    return f"{expected_value(spec)}, usually {as_text(spec.default) or 'empty'}"


def _pattern(name: str) -> str:
    parts = (r"[^.]+" if part.startswith("<") else part.replace("-", r"\-") for part in name.split("."))
    return rf"^{'[.]'.join(parts)}$"
