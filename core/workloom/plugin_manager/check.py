"""`workloom plugin check`: all that can be said of a plugin without a desktop, each problem with its file."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from workloom.plugin_manager.admission import admit
from workloom.plugin_manager.api_use import api_use
from workloom.plugin_manager.check_code import code_problems
from workloom.plugin_manager.declared import TABLES
from workloom.plugin_manager.discovery import Candidate, Found, locate, packages_of, read_all
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.translations import LOCALE, Translations


class Checked(Struct, frozen=True, kw_only=True):
    """What was found out about one plugin. `level`: of the api that its code needs; `used`: names of the api."""

    plugin: str
    problems: tuple[str, ...]
    level: int = 0
    declared_level: int = 0
    used: tuple[str, ...] = ()


def check_plugin(candidate: Candidate, others: Sequence[Candidate]) -> Checked:
    """Check a plugin beside the other installed ones. Its code is imported and its class made, under guard.

    One that is not installed takes the place of an installed one of its id.
    """
    is_installed = candidate in others
    beside = (one for one in others if one != candidate and (is_installed or one.name != candidate.name))
    found = read_all([candidate, *beside])
    this = next(one for one in found if one.candidate == candidate)
    if this.manifest is None:
        return Checked(plugin=candidate.name, problems=(this.problem,))
    manifest = this.manifest
    refused = [reason for one, reason in admit(found, ()).refused if one.candidate == candidate]
    use = api_use(locate(candidate), (*manifest.requires, *manifest.optional), packages_of(found))
    problems = [*refused, *use.problems, *_translations(this, manifest)]
    if use.level > manifest.api_level:
        problems.append(f"{this.file}: api-level is {manifest.api_level}, and the code needs {use.level}. Raise it.")
    if not refused:
        problems += [*_harm(this, found), *_taken_ids(this, manifest, found), *code_problems(this, manifest, found)]
    return Checked(
        plugin=candidate.name,
        problems=tuple(dict.fromkeys(problems)),
        level=use.level,
        declared_level=manifest.api_level,
        used=use.names,
    )


def _translations(this: Found, manifest: Manifest) -> Iterator[str]:
    folder = Path(this.file).parent
    languages = sorted(path.name for path in (folder / LOCALE).iterdir()) if (folder / LOCALE).is_dir() else []
    for language in languages:
        for _plugin, bad in Translations(language, [(manifest.id, folder)]).problems:
            yield f"{bad.where}: {bad.problem}."


def _harm(this: Found, found: Sequence[Found]) -> Iterator[str]:
    """Other plugins that start without this one, and not beside it."""
    before = {one.candidate.name for one, _ in admit([one for one in found if one is not this], ()).refused}
    for one, reason in admit(found, ()).refused:
        if one.candidate.name not in before:
            yield f"{this.file}: with it, the plugin “{one.candidate.name}” is refused. {reason}"


def _taken_ids(this: Found, manifest: Manifest, found: Sequence[Found]) -> Iterator[str]:
    """Ids of contributions that another plugin has."""
    for table in TABLES.values():
        key = table.replace("-", "_")
        for other in found:
            if other is this or other.manifest is None:
                continue
            taken = {one.id for one in getattr(other.manifest, key)}
            for one in getattr(manifest, key):
                if one.id in taken:
                    said = f"[[{table}]] “{one.id}” is there already, from the plugin “{other.candidate.name}”"
                    yield f"{this.file}: {said}. Give it another id, such as {manifest.id}.{one.id.rpartition('.')[2]}."
