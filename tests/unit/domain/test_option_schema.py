"""Options as JSON Schema, and as lines of a site file."""

import tomllib

import pytest

from workloom.domain.core_options import core_catalogue
from workloom.domain.option_schema import as_setting, option_schema, options_schema, read_typed
from workloom.domain.options import OptionSpec, OptionType, OptionValue


def spec(kind: OptionType, default: OptionValue, **more: object) -> OptionSpec:
    """A declaration."""
    return OptionSpec(name="acme.one", type=kind, default=default, meaning="One.", **more)  # type: ignore[arg-type]


def test_the_schema_says_type_bounds_words_and_default() -> None:
    number = option_schema(spec(OptionType.NUMBER, 5, minimum=1, maximum=9))
    assert (number["type"], number["minimum"], number["maximum"], number["default"]) == ("integer", 1, 9, 5)
    words = option_schema(spec(OptionType.LIST, ("a",), allowed=("a", "b")))
    assert (words["type"], words["items"], words["default"]) == ("array", {"type": "string", "enum": ["a", "b"]}, ["a"])
    assert option_schema(spec(OptionType.TEXT, "", pattern="[A-Z]+", form="capitals"))["pattern"] == "^(?:[A-Z]+)?$"


def test_every_option_is_in_the_schema_under_its_name_or_its_pattern() -> None:
    schema = options_schema(core_catalogue())
    assert len(schema["properties"]) + len(schema["patternProperties"]) == len(core_catalogue())
    assert r"^login[.][^.]+[.]is\-auto\-ready$" in schema["patternProperties"]


@pytest.mark.parametrize(
    ("kind", "default", "text", "value"),
    [
        (OptionType.FLAG, False, "true", True),
        (OptionType.NUMBER, 0, " 7 ", 7),
        (OptionType.TEXT, "", "Grüße", "Grüße"),
        (OptionType.LIST, (), "a, b,", ("a", "b")),
    ],
)
def test_what_is_typed_is_read_as_its_type_and_written_as_a_site_file_reads_it(
    kind: OptionType, default: OptionValue, text: str, value: OptionValue
) -> None:
    assert read_typed(spec(kind, default), text) == (value, "")
    written = as_setting('persons."lena".options', "acme.one", value)
    read = tomllib.loads(written)["persons"]["lena"]["options"]["acme.one"]
    assert (tuple(read) if isinstance(read, list) else read) == value


def test_what_does_not_fit_is_said_in_words() -> None:
    assert read_typed(spec(OptionType.NUMBER, 5, minimum=1, maximum=9), "10")[1] == (
        "Expected a whole number from 1 to 9, found “10”."
    )
