"""Which plugins are installed, and where their manifests are. No plugin is imported.

Entry points are read straight from the `entry_points.txt` of the installed distributions: importing and asking
`importlib.metadata` took ten times as long as everything else here together.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from msgspec import Struct

from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.manifest import FILE, Manifest, read_manifest

GROUP: Final = "workloom.plugins"
"""Entry points of this group name plugins: `id = "top_level_package"`."""


OWN: Final = "workloom"
"""The distribution with the built-in plugins."""


class Candidate(Struct, frozen=True, order=True):
    """An entry point: the plugin's id, its top-level package, and the distribution that it comes with."""

    name: str
    package: str
    distribution: str = ""

    @property
    def is_built_in(self) -> bool:
        """Whether it comes with Workloom itself."""
        return self.distribution == OWN


class Found(Struct, frozen=True, kw_only=True):
    """A candidate with its manifest, or with what is wrong with it."""

    candidate: Candidate
    file: str = ""
    manifest: Manifest | None = None
    problem: str = ""


def installed(path: Sequence[str] | None = None) -> tuple[Candidate, ...]:
    """The candidates of all distributions on the import path, in the order of their names."""
    found: set[Candidate] = set()
    seen: set[str] = set()
    for folder in sys.path if path is None else path:
        for information in _distributions(Path(folder or ".")):
            # The same distribution further down the import path is hidden, as it is for imports.
            name = information.name.rpartition(".")[0].partition("-")[0].lower().replace("-", "_").replace(".", "_")
            if name not in seen:
                seen.add(name)
                found.update(_entry_points(information, name))
    return tuple(sorted(found))


def read_all(candidates: Iterable[Candidate]) -> tuple[Found, ...]:
    """The manifests of all candidates; one that is wrong hides no other."""
    return tuple(_read(candidate) for candidate in sorted(set(candidates)))


def packages_of(found: Iterable[Found]) -> dict[str, str]:
    """Whose code the top-level packages hold: the ids of plugins by package.

    One without a manifest of its own has none: its entry point may name the package of somebody else, who would be
    taken for it.
    """
    return {one.candidate.package: one.candidate.name for one in found if one.manifest is not None}


def _read(candidate: Candidate) -> Found:
    file = ""
    try:
        folder = locate(candidate)
        file = str(folder / FILE)
        manifest = read_manifest(folder / FILE, candidate.name, candidate.package)
    except BadPlugin as error:
        return Found(candidate=candidate, file=file, problem=str(error))
    return Found(candidate=candidate, file=file, manifest=manifest)


def locate(candidate: Candidate) -> Path:
    """The folder of the candidate's package. BadPlugin if there is none."""
    named = f"The entry point {candidate.name} = “{candidate.package}”"
    if not candidate.package.isidentifier():
        raise BadPlugin(f"{named}: expected the name of a top-level package. Leave out dots, colons and brackets.")
    try:
        spec = find_spec(candidate.package)
    except (ImportError, ValueError) as error:
        raise BadPlugin(f"{named}: the package cannot be looked up: {error}. Install the plugin again.") from error
    if spec is None:
        raise BadPlugin(
            f"{named}: there is no such package. Install the plugin again; in tests, name its folder in “pythonpath”."
        )
    if not spec.submodule_search_locations:
        raise BadPlugin(f"{named}: it is a single module. Make it a package: a folder with __init__.py and {FILE}.")
    return Path(next(iter(spec.submodule_search_locations)))


def _distributions(folder: Path) -> Iterator[Path]:
    """Folders with information on distributions in a folder of the import path."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:  # the import path may name what is not there, or an archive
        return
    for entry in entries:
        if entry.suffix in (".dist-info", ".egg-info"):
            yield entry


def _entry_points(information: Path, distribution: str) -> Iterator[Candidate]:
    try:
        text = (information / "entry_points.txt").read_text("utf-8")
    except (OSError, UnicodeDecodeError):  # most distributions have none
        return
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, package = line.partition("=")
            yield Candidate(name.strip(), package.strip(), distribution)
