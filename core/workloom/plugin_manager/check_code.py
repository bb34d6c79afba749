"""What `workloom plugin check` finds in the code of a plugin. It is imported and its class made, under guard."""

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from workloom.api.hooks import BackendHooks, DesktopHooks, EngineHooks
from workloom.api.plugins import Fault
from workloom.plugin_manager.discovery import Found, packages_of
from workloom.plugin_manager.faults import Faults, Strikes
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hook_checks import is_hook, lacks, unbrought
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.loading import import_class, import_classes
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.meter import Place
from workloom.plugin_manager.token_names import plugins_in
from workloom.plugin_manager.watchdog import Hang, Patience, Watchdog
from workloom.plugin_manager.wiring import declared_providers

PATIENCE: Final = Patience(named=5.0, stuck=30.0)
"""An import may be slow on the first day of a plugin; a loop without end is broken off all the same."""
OTHER_CLASSES: Final = (("engine", EngineHooks.event_readers), ("backends", BackendHooks.backends))


class _Watched:
    """`watchdog.Watched`: the check of one plugin, so that a loop in its import does not last for ever."""

    def __init__(self, guard: PluginGuard, faults: Faults, packages: Mapping[str, str]) -> None:
        self.calls = guard.calls
        self._faults, self._packages = faults, packages

    def plugins_by_package(self) -> Mapping[str, str]:
        """All that were found."""
        return self._packages

    def hung(self, hang: Hang) -> None:
        """It is said like any other fault."""
        self._faults.hung(hang.plugin, "check", hang.trace, stuck=hang.stuck)

    def lasted(self, seconds: float) -> Place | None:
        """The whole check may take long."""
        return None

    def free(self) -> None:
        """Nobody waits for that here."""


def code_problems(
    this: Found, manifest: Manifest, found: Sequence[Found], patience: Patience | None = None
) -> Iterator[str]:
    """What its classes lack: hooks that do not exist or are not there, providers that are not what the manifest says.

    Each with its file. A loop without end is broken off after five seconds of work.
    """
    faults = Faults(lambda: datetime.now(UTC), Strikes())
    guard = PluginGuard(faults, lambda _fault: None)
    watchdog = Watchdog(patience or PATIENCE)
    watchdog.watch(_Watched(guard, faults, packages_of(found)))
    try:
        kind = guard.call(manifest.id, "check", _take, guard, manifest, found)
        others = [guard.call(manifest.id, "check", _take_other, manifest, *one) for one in OTHER_CLASSES]
    finally:
        watchdog.end()
    for fault in faults.all():
        yield _said(fault, this.file)
    if not faults.all():
        yield from (f"{this.file}: {problem}" for problem in others if problem)
        yield from _missing(this.file, manifest, kind)


def _take(guard: PluginGuard, manifest: Manifest, found: Sequence[Found]) -> type | None:
    """The plugin's class, when all that its manifest says of it holds. Raises otherwise."""
    hooks = Hooks(guard)
    known = {one.candidate.name: one.manifest for one in found if one.manifest is not None}
    for other in plugins_in((*manifest.requires, *manifest.optional)):
        of = known.get(other)
        if of is not None and of.hooks:
            guard.call(other, "import", _specify, hooks, of)
    kind, specs = import_classes(manifest)
    if specs is not None:
        hooks.add_specs(manifest.id, specs)
    if kind is not None:
        declared_providers(kind, manifest)
        hooks.add(manifest, kind())
    return kind


def _specify(hooks: Hooks, manifest: Manifest) -> None:
    hooks.add_specs(manifest.id, import_class(manifest, "hooks"))


def _take_other(manifest: Manifest, key: str, hook: object) -> str:
    """Whether the class of the engine or of backends has its hook; a sentence if not, empty if it has."""
    if not getattr(manifest, key):
        return ""
    name: str = getattr(hook, "__name__", "")
    kind = import_class(manifest, key)
    return "" if is_hook(kind, name) else lacks(kind, name)


def _missing(file: str, manifest: Manifest, kind: type | None) -> Iterator[str]:
    """Hooks that are only half there: declared and not written, or written and not marked."""
    yield from (f"{file}: {problem}" for problem in unbrought(manifest, kind))
    for name in vars(kind) if kind is not None else ():
        if hasattr(DesktopHooks, name) and not name.startswith("_") and kind is not None and not is_hook(kind, name):
            member = inspect.unwrap(getattr(kind, name))
            if inspect.isfunction(member):
                where = f"{member.__code__.co_filename}:{member.__code__.co_firstlineno}"
                yield f"{where}: {member.__qualname__} is not marked, and is never called. Write @hook above it."


def _said(fault: Fault, file: str) -> str:
    """A fault as one sentence that begins with a file of the plugin, and its line where it is known."""
    folder = str(Path(file).parent)
    if fault.error == "BadPlugin":
        return fault.said if fault.said.startswith(folder) else f"{file}: {fault.said}"
    own = [
        (path, line) for path, line in re.findall(r'File "(.+?)", line (\d+)', fault.trace) if path.startswith(folder)
    ]
    where = f"{own[-1][0]}:{own[-1][1]}" if own else file
    if fault.error == "SystemExit":
        return f"{where}: it ends the program. A plugin must not; return, or raise an error that says what is wrong."
    if fault.error == "PluginHang":
        return f"{where}: it does not come to an end, and was broken off. What takes time belongs into context.read."
    return f"{where}: {fault.trace.rpartition(chr(10))[2]}"
