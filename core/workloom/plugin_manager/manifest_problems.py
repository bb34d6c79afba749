"""What msgspec says of a manifest, in words for its author. Only needed when something is wrong."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import EnumType
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import fields

Path = tuple[str | int, ...]
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_PART: Final = re.compile(r"\.([\w-]+)|\[(\d+)\]")
_NAMED: Final = re.compile(r"field `([^`]+)`")
_EXPECTED: Final = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_WORDS: Final = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number with a fraction",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}
_RULES: Final = {
    "id": "a name of small letters, digits and underscores, with a letter first",
    "desktop": "a class as package.module:Class",
    "backends": "a class as package.module:Class",
    "engine": "a class as package.module:Class",
    "places": "one place at least",
    "requires": "ids of plugins, each a name of small letters, digits and underscores, or tokens as plugin.name",
    "optional": "ids of plugins, each a name of small letters, digits and underscores, or tokens as plugin.name",
    "provides": "tokens as plugin.name, in small letters",
    "replaces": "tokens as plugin.name, in small letters",
    "hooks": "a class as package.module:Class",
}


def in_words(said: str, root: type[Struct], data: Mapping[str, Any]) -> tuple[Path, str]:
    """Path of the value at fault, and what is wrong with it."""
    match = _AT.match(said)
    assert match is not None, said
    what, path = match["what"], _path(match["path"] or "")
    named = _NAMED.search(what)
    if named and "missing" in what:
        return path, f"“{named[1]}” is missing. Add it"
    if named:
        return (*path, named[1]), _unknown(named[1], _keys(root, path))
    expected = _EXPECTED.search(what)
    if expected:
        return path, f"expected {_types(expected[1])}, found {_types(expected[2])}"
    found = _value(data, path)
    rule = next((_RULES[part] for part in path if part in _RULES), "")
    if "matching regex" in what or "length" in what:
        rule = rule or ("ids of plugins" if path[:1] in (("before",), ("after",)) else "a text")
        return path, f"expected {rule}, found “{found}”"
    if "enum" in what:
        return path, f"expected one of {_choices(root, path)}, found “{found}”"
    return path, f"{what[:1].lower()}{what[1:]}, found “{found}”"


def _path(text: str) -> Path:
    return tuple(name or int(index) for name, index in _PART.findall(text))


def _types(names: str) -> str:
    return " or ".join(_WORDS.get(name, name) for name in names.split(" | "))


def _unknown(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, n=1)
    return (
        f"there is no such key; did you mean “{near[0]}”?" if near else f"there is no such key, only {', '.join(known)}"
    )


def _keys(root: type[Struct], path: Path) -> list[str]:
    return [field.encode_name for field in fields(_struct_at(root, path))]


def _choices(root: type[Struct], path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    kind = next(field.type for field in fields(_struct_at(root, path[:-1])) if field.encode_name == names[-1])
    return ", ".join(_words_of(kind))


def _words_of(kind: Any) -> list[str]:
    """The choices of an enumeration, of literal texts or of a list of them."""
    if isinstance(kind, str):
        return [kind] if kind else []
    inner = get_args(kind) or (kind if isinstance(kind, EnumType) else ())
    return [word for one in inner for word in _words_of(one)]


def _struct_at(root: type[Struct], path: Path) -> type[Struct]:
    """The class of the table at a path: the manifest itself, that of a list of tables, or of a table within."""
    kind = root
    for part in path:
        inner = next((field.type for field in fields(kind) if field.encode_name == part), None)
        tables = (one for one in (inner, *get_args(inner)) if isinstance(one, type) and issubclass(one, Struct))
        kind = next(tables, kind)
    return kind


def _value(data: Any, path: Path) -> object:
    for part in path:
        data = data[part]
    return data
