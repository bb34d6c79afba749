"""Which plugins are off from one start to the next: a file in the data folder, for people to read and to edit.

off = ["acme_claims"]

[paused.acme_crm]
version = "2.3.1"
reason = "The desktop ended while …"
"""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from workloom.api.plugins import PluginState
from workloom.domain.errors import BadInput

FILE: Final = "plugins.toml"
HEAD: Final = "# Which plugins are off. `workloom plugin enable` and `disable` write here, and so may you.\n"


class Paused(Struct, frozen=True, kw_only=True):
    """Evidence against a plugin. It holds for this version: another one may be better."""

    version: str = ""
    reason: str = ""


class _Kept(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    off: tuple[str, ...] = ()
    paused: dict[str, Paused] = {}


class KeptStates:
    """The file. BadInput, with its name, where it cannot be read; OSError where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def read(self, versions: Mapping[str, str]) -> dict[str, tuple[PluginState, str]]:
        """State and reason of the plugins that do not start; `versions` of those that are installed."""
        kept = self._kept()
        states = {
            plugin: (PluginState.PAUSED, f"{one.reason} Start it again with: workloom plugin enable {plugin}")
            for plugin, one in kept.paused.items()
            if versions.get(plugin) == one.version
        }
        off = f"It is switched off in {self._path}."
        return states | {plugin: (PluginState.OFF, off) for plugin in kept.off if plugin in versions}

    def switch(self, plugin: str, *, on: bool) -> None:
        """Keep a plugin off, or let it start; what was held against it is forgotten."""
        kept = self._kept()
        off = {*kept.off} - {plugin} if on else {*kept.off, plugin}
        self._write(off, {name: one for name, one in kept.paused.items() if name != plugin})

    def pause(self, plugin: str, version: str, reason: str) -> None:
        """Keep a plugin paused until somebody starts it again or another version is installed."""
        kept = self._kept()
        self._write(kept.off, kept.paused | {plugin: Paused(version=version, reason=reason)})

    def _kept(self) -> _Kept:
        try:
            return msgspec.convert(tomllib.loads(self._path.read_text("utf-8")), _Kept)
        except FileNotFoundError:
            return _Kept()
        except OSError as error:
            raise BadInput(
                f"{self._path} cannot be read: {error.strerror}. Choose another data folder (--data)."
            ) from error
        except ValueError as error:  # no UTF-8, no TOML, or not these keys
            raise BadInput(
                f"{self._path}: {error}. Expected off = [“ids of plugins”]; mend the file or remove it."
            ) from error

    def _write(self, off: Collection[str], paused: Mapping[str, Paused]) -> None:
        import tomlkit

        from workloom.adapters.kept_files import replace_file  # late: rarely needed

        try:
            document = tomlkit.parse(self._path.read_text("utf-8"))
        except FileNotFoundError:
            document = tomlkit.parse(HEAD)
        document["off"] = sorted(off)
        document.pop("paused", None)
        if paused:
            document["paused"] = {name: msgspec.to_builtins(one) for name, one in sorted(paused.items())}
        replace_file(self._path, tomlkit.dumps(document).encode())
