"""For who works on a plugin: it is reloaded when one of its files changes, and calls are written to a file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import msgspec

from workloom.api.contributions import Notice, Tone
from workloom.api.inspection import Inspector
from workloom.api.plugins import Fault
from workloom.domain.errors import BadInput
from workloom.plugin_manager.discovery import Candidate, locate

WATCHED: Final = (".py", ".toml", ".po")
"""Endings of the files whose change reloads a plugin."""


class Reloading(Protocol):
    """What reloads plugins: the plugin manager."""

    def faults(self) -> Sequence[Fault]:
        """The last faults, oldest first."""
        ...

    def reload(self, plugin: str) -> None:
        """Start a plugin anew from the disk. BadInput if it cannot be."""
        ...


class DevelopedPlugins:
    """Looks at the files of plugins; `look` is called again and again on the UI thread."""

    def __init__(self, candidates: Sequence[Candidate], tell: Callable[[Notice], None]) -> None:
        self._tell = tell
        self._folders = {one.name: locate(one) for one in candidates}
        self._stamps = {name: _stamps(folder) for name, folder in self._folders.items()}

    def look(self, plugins: Reloading) -> None:
        """Reload what has changed, and say how it went."""
        for name, folder in self._folders.items():
            stamps = _stamps(folder)
            if stamps != self._stamps[name]:
                self._stamps[name] = stamps
                self._reload(plugins, name)

    def _reload(self, plugins: Reloading, name: str) -> None:
        about, before = f"plugin:{name}", plugins.faults()
        try:
            plugins.reload(name)
        except BadInput as error:
            text = f"{error} It is tried again when a file changes."
            self._tell(Notice(title=f"{name} cannot be reloaded", text=text, tone=Tone.ERROR, about=about))
            return
        failed = [fault for fault in plugins.faults() if fault.plugin == name and fault not in before]
        if failed:
            first = failed[0]
            text = f"{first.error} in {first.where}: {first.said}"
            self._tell(Notice(title=f"{name} was reloaded and failed", text=text, tone=Tone.ERROR, about=about))
        else:
            self._tell(Notice(title=f"{name} was reloaded", tone=Tone.SUCCESS, about=about))


class TraceFile:
    """Appends the calls into plugins to a file, a line of JSON each. `write` is called again and again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.write_bytes(b"")
        self._last = 0

    def write(self, inspector: Inspector) -> None:
        """Append what is new."""
        calls = inspector.trace(self._last)
        if calls:
            self._last = calls[-1].number
            with self._path.open("ab") as file:
                file.writelines(msgspec.json.encode(call) + b"\n" for call in calls)


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Time and size of each file that counts."""
    stamps = {}
    for path in folder.rglob("*"):
        if path.suffix in WATCHED:
            try:
                status = path.stat()
            except OSError:  # an editor has just replaced it
                continue
            stamps[path] = (status.st_mtime_ns, status.st_size)
    return stamps
