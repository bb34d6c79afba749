"""Which plugin an option belongs to, when several declare it: who was accepted first keeps it.

Kept in a file of the data folder, so that a plugin that is installed today puts none out that has worked till now.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from workloom.domain.core_options import core_catalogue
from workloom.plugin_manager.discovery import Found
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.ordering import in_order

FILE: Final = "plugin-options.json"
CORE: Final = ""
"""Stands for Workloom itself."""


def owners_of(found: Sequence[Found], off: Collection[str], kept: Mapping[str, str]) -> dict[str, str]:
    """The plugin that each declared option belongs to, by option.

    Workloom itself comes first, then a plugin that comes with it, then who has it already (`kept`) and is still there,
    even if it is `off`; else the first in the order of the plugins, before those that are off.
    """
    manifests = {one.candidate.name: one.manifest for one in found if one.manifest is not None}
    built_in = {one.candidate.name for one in found if one.candidate.is_built_in}
    order = {manifest.id: place for place, manifest in enumerate(in_order(manifests.values()))}
    owners = dict.fromkeys((spec.name for spec in core_catalogue()), CORE)

    def rank(name: str, option: str) -> tuple[bool, bool, bool, int, str]:
        return name not in built_in, kept.get(option) != name, name in off, order.get(name, len(order)), name

    for option in {table.name for manifest in manifests.values() for table in manifest.option} - owners.keys():
        declaring = (name for name, manifest in manifests.items() if _declares(manifest, option))
        owners[option] = min(rank(name, option) for name in declaring)[-1]
    return owners


def _declares(manifest: Manifest, option: str) -> bool:
    return any(table.name == option for table in manifest.option)


class KeptOwners:
    """The file. What cannot be read or written is done without: then the order of the plugins decides."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder is not None else None
        self.owners: Mapping[str, str] = self._read()

    def keep(self, owners: Mapping[str, str], accepted: Collection[str]) -> None:
        """Write down to whom options belong of plugins that were accepted; who is off or gone keeps what it had."""
        new = {option: plugin for option, plugin in sorted(owners.items()) if plugin in accepted}
        self._write({**{option: was for option, was in self.owners.items() if owners.get(option) == was}, **new})

    def _read(self) -> Mapping[str, str]:
        if self._path is None:
            return {}
        try:
            kept = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(option): str(plugin) for option, plugin in kept.items()} if isinstance(kept, dict) else {}

    def _write(self, owners: Mapping[str, str]) -> None:
        if self._path is None or owners == self.owners:
            return
        from workloom.adapters.kept_files import replace_file  # late: rarely needed

        self.owners = owners
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, json.dumps(owners, indent=1, sort_keys=True).encode())
