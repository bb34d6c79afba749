"""Where keys and values of a TOML text stand."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from workloom.services.site_files.positions import Path, Position, find_positions

TEXT = """\
# comment with [brackets] = "and quotes"
top = 1
"quoted.key" = "a # b ] }"

[site] # after a header
title = '''three
lines = [1]
'''
list = [
    "first", # comment, with comma
    { name = "Pay", values = ["x", 2] },
]

[persons."Lena H"]
skills = { German = 5, "Building damage" = 3 }
options.claim.auto-answer = true

[[steps]]
after = 1
[[steps]]
after = 2
[steps.more]
deep = 1979-05-27T07:32:00Z
"""


def test_each_key_and_value_has_its_line_and_column() -> None:
    found = find_positions(TEXT)
    assert found.of_key(("top",)) == Position(2, 1)
    assert found.of_value(("top",)) == Position(2, 7)
    assert found.of_key(("quoted.key",)) == Position(3, 1)
    assert found.of_key(("site",)) == Position(5, 1)
    assert found.of_key(("site", "list")) == Position(9, 1)
    assert found.of_value(("site", "list", 1)) == Position(11, 5)
    assert found.of_key(("site", "list", 1, "values")) == Position(11, 21)
    assert found.of_value(("site", "list", 1, "values", 1)) == Position(11, 36)
    assert found.of_key(("persons", "Lena H", "skills", "Building damage")) == Position(15, 24)
    assert found.of_key(("persons", "Lena H", "options", "claim", "auto-answer")) == Position(16, 1)
    assert found.of_value(("steps", 1, "after")) == Position(21, 9)
    assert found.of_key(("steps", 1, "more", "deep")) == Position(23, 1)


def test_what_is_not_in_the_text_is_placed_at_the_nearest_table_around_it() -> None:
    assert find_positions(TEXT).of_key(("persons", "Lena H", "employee-id")) == Position(14, 1)
    assert find_positions(TEXT).of_key(("nothing", "here")) == Position(1, 1)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
values: st.SearchStrategy[Any] = st.recursive(
    st.booleans() | st.integers(-9, 99) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def paths(data: object, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from paths(value, (*path, index))


@given(st.dictionaries(texts, values, max_size=4))
def test_every_key_of_any_text_is_found_where_it_stands(data: dict[str, Any]) -> None:
    text = tomlkit.dumps(data)
    found = find_positions(text)
    lines = text.split("\n")
    for path in paths(tomllib.loads(text)):
        at = found.values.get(path) or found.keys.get(path)
        assert at is not None, path
        assert 1 <= at.column <= len(lines[at.line - 1])
