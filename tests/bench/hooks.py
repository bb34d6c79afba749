"""Calling a hook: contained, timed and blamed, against plain pluggy with the same implementations."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from time import perf_counter
from typing import cast

import pluggy
from msgspec import Struct

from tests.bench.figures import Figure, Goal, compared, in_turn
from workloom.api import Context, Event, hook
from workloom.api.hooks import PROJECT, DesktopHooks
from workloom.domain.events import EventKind
from workloom.plugin_manager.faults import Faults, Strikes
from workloom.plugin_manager.guard import PluginGuard
from workloom.plugin_manager.hooks import Hooks
from workloom.plugin_manager.manifest import Manifest

PLUGINS, CALLS, RUNS = 10, 20_000, 15


class Listening:
    """Implements the hook that is called most often, and does nothing in it."""

    @hook
    def interaction_changed(self, context: Context, event: Event) -> None:
        """Nothing."""


class Standing(Struct, weakref=True):
    """Stands for a context, which is only handed through."""


def measure() -> list[Figure]:
    """The one figure of hooks."""
    event = Event(sequence=1, at=datetime.now(UTC), kind=EventKind.ACCEPTED, item="i1")
    contexts = {f"p{number}": cast("Context", Standing()) for number in range(PLUGINS)}
    ours, plain = in_turn(RUNS, lambda: _each(_ours(contexts, event)), lambda: _each(_plain(contexts, event)))
    name = f"one hook call, {PLUGINS} implementations, against plain pluggy"
    return [compared(name, ours, plain, unit="µs", goal=Goal("≤", 2))]


def _ours(contexts: Mapping[str, Context], event: Event) -> Callable[[], object]:
    guard = PluginGuard(Faults(lambda: datetime.now(UTC), Strikes()), lambda _fault: None)
    hooks = Hooks(guard)
    hooks.set_order(tuple(contexts))
    for id_ in contexts:
        hooks.add(Manifest(id=id_, name=id_, version="1", api_level=1), Listening())
    return lambda: hooks.observe(DesktopHooks.interaction_changed, contexts, event)


def _plain(contexts: Mapping[str, Context], event: Event) -> Callable[[], object]:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(DesktopHooks)
    for id_ in contexts:
        manager.register(Listening(), name=id_)
    call, context = manager.hook.interaction_changed, contexts["p0"]
    return lambda: call(context=context, event=event)


def _each(call: Callable[[], object]) -> float:
    """Microseconds of one call."""
    began = perf_counter()
    for _ in range(CALLS):
        call()
    return (perf_counter() - began) / CALLS * 1e6
