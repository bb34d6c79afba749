"""What plugins bring to the engine: classes that are imported when it starts, each on its own under the guard."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Final

import pluggy
from msgspec import Struct

from workloom.api.engine import EngineContext, EventReader
from workloom.api.hooks import PROJECT, EngineHooks
from workloom.api.plugins import PluginState
from workloom.domain.events import Event, EventKind
from workloom.plugin_manager.faults import BadPlugin
from workloom.plugin_manager.fits import misfit
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hook_checks import check_hooks, is_hook, lacks
from workloom.plugin_manager.loading import import_class
from workloom.plugin_manager.manifest import Manifest
from workloom.plugin_manager.records import Record

_THERE: Final = (PluginState.READY, PluginState.RUNNING)
MakeEngineContext = Callable[[str], EngineContext]


class ReadEvents(Struct, frozen=True, kw_only=True):
    """A reader of events, ready to be called. `take(events)` says whether it has them: False after a fault."""

    name: str
    take: Callable[[Sequence[Event]], bool]
    kinds: tuple[EventKind, ...]
    batch: int


class EngineSide:
    """The plugins of the engine, in their order. `recorded`: as of `Backends`."""

    def __init__(
        self,
        records: Iterable[Record],
        guard: PluginGuard,
        recorded: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._guard, self._recorded = guard, recorded
        self._manifests = [
            record.manifest
            for record in records
            if record.manifest is not None and record.manifest.engine and record.state in _THERE
        ]

    def event_readers(self, make_context: MakeEngineContext) -> tuple[ReadEvents, ...]:
        """The readers of all plugins. Imports them; one that fails is left out."""
        found: list[ReadEvents] = []
        with self._recorded():
            for manifest in self._manifests:
                found += self._guard.call(manifest.id, "hook event_readers", self._asked, manifest, make_context) or ()
        return tuple(found)

    def _asked(self, manifest: Manifest, make_context: MakeEngineContext) -> tuple[ReadEvents, ...]:
        manager = pluggy.PluginManager(PROJECT)
        manager.add_hookspecs(EngineHooks)
        kind = import_class(manifest, "engine")
        plugin = kind()
        check_hooks(manager, plugin)
        if not is_hook(kind, "event_readers"):
            raise BadPlugin(lacks(kind, "event_readers"))
        manager.register(plugin, name=manifest.id)
        answers = manager.hook.event_readers(context=make_context(manifest.id))
        return tuple(self._reader(manifest, reader) for answer in answers for reader in answer)

    def _reader(self, manifest: Manifest, reader: object) -> ReadEvents:
        if not isinstance(reader, EventReader):
            raise BadPlugin(f"expected EventReader, found an object of type {type(reader).__name__}")
        if problem := misfit(reader):
            raise BadPlugin(f"EventReader(id={reader.id!r}): {problem}")
        table = next((table for table in manifest.event_reader if table.id == reader.id), None)
        if table is None:
            text = f"EventReader(id={reader.id!r}): it is not in the manifest. Add to plugin.toml:"
            raise BadPlugin(f'{text} [[event-reader]] id = "{reader.id}"')
        take = partial(_took, self._guard, manifest.id, reader)
        return ReadEvents(
            name=f"{manifest.id}/{reader.id}", take=take, kinds=reader.kinds or table.kinds, batch=table.batch
        )


def _took(guard: PluginGuard, plugin: str, reader: EventReader, events: Sequence[Event]) -> bool:
    def take() -> bool:
        reader.take(events)
        return True

    return guard.call(plugin, f"event reader {reader.id}", take) is True
