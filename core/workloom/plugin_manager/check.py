"""`workloom plugin check`: all that can be said of a plugin without a desktop, each problem with its file."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from workloom.plugin_manager.admission import admit
from workloom.plugin_manager.api_use import api_use
from workloom.plugin_manager.discovery import Candidate, Found, locate, read_all
from workloom.plugin_manager.faults import Faults, Strikes
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.loading import import_classes
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.token_names import plugins_in
from workloom.plugin_manager.translations import LOCALE, Translations
from workloom.plugin_manager.wiring import declared_providers


class Checked(Struct, frozen=True, kw_only=True):
    """What was found out about one plugin. `level`: of the api that its code needs; `used`: names of the api."""

    plugin: str
    problems: tuple[str, ...]
    level: int = 0
    declared_level: int = 0
    used: tuple[str, ...] = ()


def check_plugin(candidate: Candidate, others: Sequence[Candidate]) -> Checked:
    """Check a plugin beside the other installed ones. Its code is imported and its class made, under guard."""
    found = read_all([candidate, *(one for one in others if one.name != candidate.name)])
    this = next(one for one in found if one.candidate == candidate)
    if this.manifest is None:
        return Checked(plugin=candidate.name, problems=(this.problem,))
    manifest = this.manifest
    refused = [reason for one, reason in admit(found, ()).refused if one.candidate == candidate]
    use = api_use(locate(candidate), (*manifest.requires, *manifest.optional), _packages(found))
    problems = [*refused, *use.problems, *_translations(this, manifest)]
    if use.level > manifest.api_level:
        problems.append(f"{this.file}: api-level is {manifest.api_level}, and the code needs {use.level}. Raise it.")
    if not refused:
        problems += _code(this, manifest, found)
    return Checked(
        plugin=candidate.name,
        problems=tuple(dict.fromkeys(problems)),
        level=use.level,
        declared_level=manifest.api_level,
        used=use.names,
    )


def _packages(found: Sequence[Found]) -> Mapping[str, str]:
    return {one.candidate.package: one.candidate.name for one in found}


def _translations(this: Found, manifest: Manifest) -> Iterator[str]:
    folder = Path(this.file).parent
    languages = sorted(path.name for path in (folder / LOCALE).iterdir()) if (folder / LOCALE).is_dir() else []
    for language in languages:
        for _plugin, bad in Translations(language, [(manifest.id, folder)]).problems:
            yield f"{bad.where}: {bad.problem}."


def _code(this: Found, manifest: Manifest, found: Sequence[Found]) -> Iterator[str]:
    """What its classes lack: hooks that do not exist, providers that are not what the manifest says."""
    from datetime import UTC, datetime

    faults = Faults(lambda: datetime.now(UTC), Strikes())
    guard = PluginGuard(faults, lambda _fault: None)
    hooks = Hooks(guard)
    known = {one.candidate.name: one.manifest for one in found if one.manifest is not None}
    for other in plugins_in((*manifest.requires, *manifest.optional)):
        of = known.get(other)
        if of is not None and of.hooks:
            guard.call(other, "import", _specify, hooks, of)

    guard.call(manifest.id, "check", _take, hooks, manifest)
    for fault in faults.all():
        yield f"{this.file}: {fault.trace.rpartition(chr(10))[2]}"


def _specify(hooks: Hooks, manifest: Manifest) -> None:
    _kind, specs = import_classes(manifest)
    assert specs is not None
    hooks.add_specs(manifest.id, specs)


def _take(hooks: Hooks, manifest: Manifest) -> None:
    kind, specs = import_classes(manifest)
    if specs is not None:
        hooks.add_specs(manifest.id, specs)
    if kind is not None:
        declared_providers(kind, manifest)
        hooks.add(manifest, kind())
