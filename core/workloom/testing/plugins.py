"""Which plugins a desktop under test has: those of a distribution that need not be installed, and what they need."""

import tomllib
from collections.abc import Iterable, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from workloom.domain.core_options import core_catalogue
from workloom.domain.errors import BadInput
from workloom.domain.option_catalogue import OptionCatalogue
from workloom.plugin_manager.discovery import GROUP, OWN, Candidate, installed, read_all

PROJECT: Final = "pyproject.toml"


def built_in() -> tuple[Candidate, ...]:
    """The plugins that come with Workloom."""
    return tuple(
        Candidate(point.name, point.value, OWN) for point in distribution("workloom").entry_points.select(group=GROUP)
    )


def plugins_of(folder: Path) -> tuple[Candidate, ...]:
    """The plugins that a distribution's `pyproject.toml` names. BadInput if it names none or cannot be read."""
    file = folder / PROJECT
    if not file.is_file():
        raise BadInput(f"{folder} has no {PROJECT}. Name the folder of a distribution.")
    named = _named(file)
    if not named:
        raise BadInput(
            f'{file} names no plugin. Expected a table [project.entry-points."{GROUP}"] with a line such as'
            f' acme = "acme": the plugin\'s id and its top-level package.'
        )
    return named


def plugins_near(test: Path) -> tuple[Candidate, ...]:
    """The plugins of the distribution to which a test file belongs; none if no folder above it names any."""
    for folder in test.parents:
        named = _named(folder / PROJECT)
        if named:
            return named
    return ()


def with_needed(under_test: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The plugins under test, the built-in ones, and whatever of the installed ones these require or could use."""
    chosen = {one.name: one for one in (*built_in(), *under_test)}
    there = {one.name: one for one in installed()}
    looked_at: set[str] = set()
    while len(looked_at) < len(chosen):
        wanted = read_all(one for name, one in chosen.items() if name not in looked_at)
        looked_at |= {found.candidate.name for found in wanted}
        for found in wanted:
            for name in (*found.manifest.requires, *found.manifest.optional) if found.manifest else ():
                if name in there:
                    chosen.setdefault(name, there[name])
    return tuple(chosen.values())


def catalogue_of(candidates: Sequence[Candidate]) -> OptionCatalogue:
    """The core's options and those that plugins declare. Nothing is imported."""
    manifests = [found.manifest for found in read_all(candidates) if found.manifest]
    return core_catalogue().with_specs(spec for manifest in manifests for spec in manifest.option_specs())


def privileges_of(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The privileges that plugins declare."""
    manifests = [found.manifest for found in read_all(candidates) if found.manifest]
    return tuple(privilege.name for manifest in manifests for privilege in manifest.privilege)


def _named(file: Path) -> tuple[Candidate, ...]:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError) as error:
        raise BadInput(f"{file}: it cannot be read: {error}.") from error
    points = data.get("project", {}).get("entry-points", {}).get(GROUP, {})
    return tuple(Candidate(name, package) for name, package in points.items())
