"""The manifest `plugin.toml`: what a plugin is and declares, read and checked without importing the plugin.

The classes below are the format; `manifest.schema.json` is made of them and kept true by a test.
"""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from workloom.api.hooks import API_LEVEL
from workloom.domain.option_values import Unfit, read_value
from workloom.domain.options import OptionSpec, OptionType, OptionValue, TakesEffect
from workloom.domain.site import Site
from workloom.plugin_manager.faults import BadPlugin

FILE: Final = "plugin.toml"
"""Name of the manifest; it stands beside the `__init__.py` of the plugin's top-level package."""

Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Text = Annotated[str, Meta(min_length=1)]
ClassPath = Annotated[str, Meta(pattern=r"^([A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*)?$")]


class OptionTable(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """`[[option]]`: an option that the plugin reads. `name` may hold `<mt>`, any media type, and `<nickname>`."""

    name: Text
    type: OptionType
    default: bool | int | str | tuple[str, ...]
    meaning: Text
    allowed: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    takes_effect: TakesEffect = TakesEffect.NEXT_INTERACTION
    strategy: bool = False
    refers_to: str = ""
    pattern: str = ""
    form: str = ""


class PrivilegeTable(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """`[[privilege]]`: a privilege that roles can grant and the plugin asks for."""

    name: Text
    meaning: Text


class Manifest(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A plugin's manifest. docs/reference/manifest.md says what each key means."""

    id: Id
    name: Text
    version: Text
    api_level: Annotated[int, Meta(ge=1)]
    summary: str = ""
    requires: tuple[Id, ...] = ()
    optional: tuple[Id, ...] = ()
    before: tuple[Id, ...] = ()
    after: tuple[Id, ...] = ()
    order: int = 500
    desktop: ClassPath = ""
    option: tuple[OptionTable, ...] = ()
    privilege: tuple[PrivilegeTable, ...] = ()

    def option_specs(self) -> tuple[OptionSpec, ...]:
        """The declared options, as declarations of this plugin."""
        return tuple(_spec(table, self.id) for table in self.option)


def read_manifest(file: Path, entry_point: str, package: str) -> Manifest:
    """Read the manifest of the plugin `entry_point` in its top-level package. BadPlugin says what is wrong where."""
    try:
        text = file.read_text("utf-8")
        data = tomllib.loads(text)
    except FileNotFoundError as error:
        raise BadPlugin(
            f"{file}: there is no manifest. A plugin has a file {FILE} beside the __init__.py of its package"
            " (and its wheel must hold it)."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadPlugin(f"{file}:{line}: this is no UTF-8. Save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadPlugin(f"{file}: this is no TOML: {error}.") from error
    except OSError as error:
        raise BadPlugin(f"{file}: it cannot be read: {error.strerror or error}.") from error
    level = data.get("api-level")
    if isinstance(level, int) and level > API_LEVEL:  # its other keys may be of a format of later
        raise _problem(
            file, text, ("api-level",), f"needs API level {level}, this desktop offers {API_LEVEL}. Update Workloom"
        )
    try:
        manifest = msgspec.convert(data, Manifest)
    except msgspec.ValidationError as error:
        from workloom.plugin_manager.manifest_problems import in_words

        path, message = in_words(str(error), Manifest, data)
        raise _problem(file, text, path, message) from None
    for path, message in _contradictions(manifest, entry_point, package):
        raise _problem(file, text, path, message)
    return manifest


def _contradictions(manifest: Manifest, entry_point: str, package: str) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """What the types cannot say, each with the path of the value at fault."""
    if manifest.id != entry_point:
        found = f"found “{manifest.id}”. Make them the same"
        yield ("id",), f"expected “{entry_point}”, the name of the entry point, {found}"
    if manifest.desktop and manifest.desktop.partition(":")[0].partition(".")[0] != package:
        yield ("desktop",), f"expected a class of the plugin's own package {package}, found “{manifest.desktop}”"
    for key in ("requires", "optional", "before", "after"):
        if manifest.id in getattr(manifest, key):
            yield (key,), f"“{manifest.id}” is the plugin itself. Take it out"
    for kind, tables in (("option", manifest.option), ("privilege", manifest.privilege)):
        names = [table.name for table in tables]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield (kind, index, "name"), f"“{name}” is declared twice. Keep one of the declarations"
    yield from _option_contradictions(manifest)


def _option_contradictions(manifest: Manifest) -> Iterable[tuple[tuple[str | int, ...], str]]:
    for index, option in enumerate(manifest.option):
        if option.type is OptionType.CHOICE and not option.allowed:
            yield ("option", index), f"the choice “{option.name}” needs “allowed”, a list of the texts to choose from"
        if bool(option.pattern) is not bool(option.form):
            yield ("option", index), f"“{option.name}” needs both “pattern” and “form”, its words, or neither of them"
        try:
            re.compile(option.pattern)
        except re.error as error:
            yield ("option", index, "pattern"), f"expected a regular expression, found “{option.pattern}”: {error}"
            continue
        try:
            _spec(option, manifest.id)
        except Unfit as error:
            found = msgspec.json.encode(option.default).decode()
            yield ("option", index, "default"), f"expected {error.expected}, found {found}"


def _spec(table: OptionTable, plugin: str) -> OptionSpec:
    """The declaration as the rest of the program knows it. Unfit if the default does not fit the type."""
    fields: dict[str, Any] = {name: getattr(table, name) for name in table.__struct_fields__}
    spec = OptionSpec(declared_by=plugin, **fields)
    unchecked_names = msgspec.structs.replace(spec, refers_to="")  # whether they exist is a matter of the site
    value: OptionValue = read_value(unchecked_names, table.default, Site())
    return spec if value == table.default else msgspec.structs.replace(spec, default=value)


def _problem(file: Path, text: str, path: tuple[str | int, ...], message: str) -> BadPlugin:
    from workloom.services.site_files.positions import find_positions

    at = find_positions(text).of_value(path)
    key = ".".join(f"{part}" if isinstance(part, str) else str(part + 1) for part in path)
    stop = "" if message.endswith("?") else "."
    return BadPlugin(f"{file}:{at.line}:{at.column}: {key + ': ' if key else ''}{message}{stop}")
