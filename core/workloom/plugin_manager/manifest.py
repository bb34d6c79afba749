"""The manifest `plugin.toml`: what a plugin is and declares, read and checked without importing the plugin.

`Manifest` and its tables are the format; `manifest.schema.json` is made of them and kept true by a test.
"""

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from workloom.api.contributions import ActionFilter
from workloom.api.hooks import API_LEVEL
from workloom.domain.option_values import Unfit, read_value
from workloom.domain.options import OptionSpec, OptionType, OptionValue
from workloom.domain.privileges import CORE_PRIVILEGES
from workloom.domain.site import Site
from workloom.plugin_manager.declared import TABLES, Kind
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest_tables import (
    ActionFilterTable,
    ActionTable,
    Activation,
    BackendTable,
    BrandingTable,
    ChannelTable,
    Declaration,
    EventReaderTable,
    GateTable,
    InteractionViewTable,
    OptionTable,
    PrivilegeTable,
    Table,
    Text,
    ViewTable,
)

FILE: Final = "plugin.toml"
"""Name of the manifest; it stands beside the `__init__.py` of the plugin's top-level package."""

Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
TokenName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_-]*)+$", max_length=128)]
Need = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_-]*)*$", max_length=128)]
"""The id of a plugin, or, with a dot, a token."""
ClassPath = Annotated[str, Meta(pattern=r"^([A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*)?$")]


class Manifest(Table, frozen=True, kw_only=True):
    """A plugin's manifest. docs/reference/manifest.md says what each key means."""

    id: Id
    name: Text
    version: Text
    api_level: Annotated[int, Meta(ge=1)]
    summary: str = ""
    requires: tuple[Need, ...] = ()
    optional: tuple[Need, ...] = ()
    provides: tuple[TokenName, ...] = ()
    replaces: tuple[TokenName, ...] = ()
    before: tuple[Id, ...] = ()
    after: tuple[Id, ...] = ()
    order: int = 500
    activation: Activation = Activation.LOGIN
    only_with_privilege: str = ""
    desktop: ClassPath = ""
    backends: ClassPath = ""
    hooks: ClassPath = ""
    engine: ClassPath = ""
    option: tuple[OptionTable, ...] = ()
    privilege: tuple[PrivilegeTable, ...] = ()
    action: tuple[ActionTable, ...] = ()
    view: tuple[ViewTable, ...] = ()
    interaction_view: tuple[InteractionViewTable, ...] = ()
    channel: tuple[ChannelTable, ...] = ()
    gate: tuple[GateTable, ...] = ()
    action_filter: tuple[ActionFilterTable, ...] = ()
    event_reader: tuple[EventReaderTable, ...] = ()
    branding: BrandingTable = BrandingTable()
    backend: tuple[BackendTable, ...] = ()

    def declarations(self, kind: type[Kind]) -> tuple[Declaration, ...]:
        """What is declared of one kind of contribution."""
        tables: tuple[Declaration, ...] = getattr(self, TABLES[kind].replace("-", "_"))
        return tables

    def action_filters(self) -> tuple[ActionFilter, ...]:
        """The filters of actions, which need no hook."""
        return tuple(ActionFilter(**msgspec.structs.asdict(table)) for table in self.action_filter)

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
    for key in ("desktop", "backends", "engine", "hooks"):
        named = getattr(manifest, key)
        if named and named.partition(":")[0].partition(".")[0] != package:
            yield (key,), f"expected a class of the plugin's own package {package}, found “{named}”"
    if bool(manifest.engine) is not bool(manifest.event_reader):
        yield ("engine",), "“engine”, the class with the hook, and [[event-reader]], what it reads, belong together"
    if bool(manifest.backends) is not bool(manifest.backend):
        yield ("backends",), "“backends”, the class with the hook, and [[backend]], what it offers, belong together"
    own = {manifest.id, *manifest.provides}
    for key in ("requires", "optional", "before", "after"):
        for need in own.intersection(getattr(manifest, key)):
            yield (key,), f"“{need}” is the plugin itself. Take it out"
    if (manifest.provides or manifest.replaces) and not manifest.desktop:
        key = "provides" if manifest.provides else "replaces"
        yield (key,), "there is no “desktop”, the class with the providers. Name it, or take this out"
    yield from _doubles(manifest)
    yield from _unknown_privileges(manifest)
    yield from _option_contradictions(manifest)


def _doubles(manifest: Manifest) -> Iterable[tuple[tuple[str | int, ...], str]]:
    by_id = ((table, "id") for table in ("action-filter", "backend", "event-reader", *TABLES.values()))
    for kind, key in (("option", "name"), ("privilege", "name"), *by_id):
        names = [getattr(table, key) for table in getattr(manifest, kind.replace("-", "_"))]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield (kind, index, key), f"“{name}” is declared twice. Keep one of the declarations"


def _unknown_privileges(manifest: Manifest) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if manifest.requires or manifest.optional:  # it may be one of theirs
        return
    known = {*CORE_PRIVILEGES, *(table.name for table in manifest.privilege)}
    asked: list[tuple[tuple[str | int, ...], str]] = [((), manifest.only_with_privilege)]
    asked += [(("action", index), table.privilege) for index, table in enumerate(manifest.action)]
    asked += [(("view", index), table.privilege) for index, table in enumerate(manifest.view)]
    for table, privilege in asked:
        if privilege and privilege not in known:
            near = get_close_matches(privilege, known, n=1)
            hint = f"did you mean “{near[0]}”?" if near else "declare it as a [[privilege]]"
            key = "privilege" if table else "only-with-privilege"
            yield (*table, key), f"there is no privilege “{privilege}”; {hint}"


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
