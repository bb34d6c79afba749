"""What the inspector says of plugins, from what the plugin manager knows. No Qt."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from workloom.api import (
    CallTiming,
    Cell,
    Declared,
    Fault,
    Leak,
    OptionSet,
    PluginInfo,
    Plugins,
    PluginState,
    Row,
    Say,
    Wire,
    as_it_is,
    say_count,
)
from workloom_inspector.leaks import Search

ALL, ACTIVE, FAULTY, OFF = "", "active", "faults", "off"
ADDS: Final = {
    "action": "square-mouse-pointer",
    "action-filter": "sliders-horizontal",
    "branding": "star",
    "channel": "phone",
    "event-reader": "list-filter",
    "gate": "badge-check",
    "interaction-view": "app-window",
    "view": "panel-right",
}
SLOWEST: Final = 6
"""Places whose times are drawn."""


def states(say: Say) -> dict[PluginState, tuple[str, str, str]]:
    """Words, icon and tone of each state."""
    return {
        PluginState.RUNNING: (say("Active"), "circle-check", ""),
        PluginState.READY: (say("Not started"), "circle-dashed", ""),
        PluginState.OFF: (say("Switched off"), "power", ""),
        PluginState.REFUSED: (say("Refused"), "shield-x", "danger"),
        PluginState.PAUSED: (say("Paused"), "octagon-pause", "danger"),
    }


class Overview(Struct, frozen=True, kw_only=True):
    """Everything that is known at one moment."""

    infos: tuple[PluginInfo, ...]
    faults: tuple[Fault, ...]
    timings: tuple[CallTiming, ...]
    wires: tuple[Wire, ...]
    leaks: tuple[Leak, ...] = ()

    def info(self, plugin: str) -> PluginInfo | None:
        """A plugin by id, None if it is not there."""
        return next((info for info in self.infos if info.id == plugin), None)

    def faults_of(self, plugin: str) -> tuple[Fault, ...]:
        """The faults of a plugin, the newest first."""
        return tuple(fault for fault in reversed(self.faults) if fault.plugin == plugin)

    def leaks_of(self, plugin: str) -> tuple[Leak, ...]:
        """What should be gone of a plugin and is still there."""
        return tuple(leak for leak in self.leaks if leak.plugin == plugin)

    def timings_of(self, plugin: str) -> tuple[CallTiming, ...]:
        """The times of a plugin's places, the slowest against their budget first."""
        return tuple(sorted((one for one in self.timings if one.plugin == plugin), key=_weight, reverse=True))

    def slowest(self) -> tuple[CallTiming, ...]:
        """The places that come nearest to their budgets, over all plugins."""
        return tuple(sorted((one for one in self.timings if one.budget), key=_weight, reverse=True))[:SLOWEST]

    def wires_of(self, plugin: str) -> tuple[Wire, ...]:
        """The tokens that a plugin provides or uses."""
        return tuple(wire for wire in self.wires if plugin in (wire.provider, *wire.replaced, *wire.users))

    def counts(self) -> dict[str, int]:
        """How many plugins each filter would show."""
        return {kind: len(self.shown(kind, "")) for kind in (ALL, ACTIVE, FAULTY, OFF)}

    def shown(self, kind: str, text: str) -> tuple[PluginInfo, ...]:
        """The plugins of a filter in whose names, contributions, hooks or options all words of a text occur."""
        words = text.casefold().split()
        return tuple(
            info for info in self.infos if self._is(info, kind) and all(word in self._about(info) for word in words)
        )

    def rows(self, kind: str, text: str, say: Say = as_it_is) -> tuple[Row, ...]:
        """The rows of the list."""
        return tuple(self._row(info, say) for info in self.shown(kind, text))

    def _is(self, info: PluginInfo, kind: str) -> bool:
        if kind == ACTIVE:
            return info.state is PluginState.RUNNING
        if kind == FAULTY:
            return bool(self.faults_of(info.id) or self.leaks_of(info.id))
        return kind != OFF or info.state is PluginState.OFF

    def _about(self, info: PluginInfo) -> str:
        added = (word for one in info.contributions for word in (one.id, one.title))
        places = (one.where for one in self.timings if one.plugin == info.id)
        return " ".join((info.id, info.name, *added, *places, *info.options)).casefold()

    def _row(self, info: PluginInfo, say: Say) -> Row:
        words, icon, tone = states(say)[info.state]
        timings, faults, leaks = self.timings_of(info.id), len(self.faults_of(info.id)), len(self.leaks_of(info.id))
        calls = sum(one.calls for one in timings)
        mean = sum(one.mean * one.calls for one in timings) / calls if calls else 0.0
        cells = {
            "plugin": Cell(text=info.name, tooltip=info.summary),
            "version": Cell(text=info.version, tone="muted"),
            "state": Cell(text=words, icon=icon, tone=tone, tooltip=info.reason),
            "adds": Cell(text=f"{len(info.contributions):,}"),
            "mean": Cell(text=milliseconds(mean) if calls else "—", tone="" if calls else "muted"),
            "faults": Cell(text=f"{faults:,}", tone="danger" if faults else "muted"),
            "leaks": Cell(
                text=f"{leaks:,}",
                tone="danger" if leaks else "muted",
                tooltip=say("It was stopped, and something of it is still there") if leaks else "",
            ),
        }
        return Row(id=info.id, cells=cells, icon="plug")


def look(plugins: Plugins, search: Search) -> Overview:
    """How things stand now."""
    inspector = plugins.inspector
    infos = tuple(plugins.infos())
    return Overview(
        infos=infos,
        faults=tuple(plugins.faults()),
        timings=tuple(inspector.timings()),
        wires=tuple(inspector.wires()),
        leaks=search.look(infos),
    )


def heading(overview: Overview, say: Say = as_it_is) -> str:
    """`10 installed, 6 active`."""
    active = overview.counts()[ACTIVE]
    return say("{count:,} installed, {active:,} active", count=len(overview.infos), active=active)


def milliseconds(value: float) -> str:
    """`1.2 ms`, `512 ms`."""
    return f"{value:,.0f} ms" if value >= 100 else f"{value:.1f} ms"


def against_budget(timing: CallTiming, say: Say = as_it_is) -> str:
    """`8.7 of 50 ms`."""
    value = f"{timing.percentile:,.0f}" if timing.percentile >= 100 else f"{timing.percentile:.1f}"
    return say("{value} of {budget:g} ms", value=value, budget=timing.budget)


def added(one: Declared) -> tuple[str, str, str]:
    """Icon, words and place of a contribution."""
    where = ", ".join((*one.where, *filter(None, (one.key,))))
    return ADDS.get(one.kind, "plug"), one.title or one.id, where or one.kind


def options_of(info: PluginInfo, options: OptionSet, say: Say = as_it_is) -> tuple[tuple[str, str, str], ...]:
    """Name, value and layer of each option that a plugin declares, as it holds for the agent."""
    names = (name for pattern in info.options for name in sorted(options.names()) if _matches(pattern, name))
    found = []
    for name in dict.fromkeys(names):
        source = options.source(name)
        value = ", ".join(source.value) if isinstance(source.value, tuple) else str(source.value)
        value = value.lower() if isinstance(source.value, bool) else value
        found.append((name, value or say("empty"), source.layer))
    return tuple(found)


def fault_text(fault: Fault) -> str:
    """A fault as it can be sent to the author: no words of customers."""
    return f"{fault.where} · {fault.error}\n{fault.trace}".strip()


def faults_heading(faults: Sequence[Fault], say: Say = as_it_is) -> str:
    """`2 faults since the start`."""
    return say_count(say, len(faults), "{count} fault since the start", "{count:,} faults since the start")


def wire_words(wire: Wire, plugin: str, say: Say = as_it_is) -> str:
    """What a token is to a plugin: `provided, used by claims`."""
    if wire.provider == plugin:
        if wire.users:
            return say("provided, used by {plugins}", plugins=_all(wire.users))
        return say("provided, used by nobody")
    if plugin in wire.replaced:
        return say("replaced by {plugin}", plugin=wire.provider)
    if not wire.provider:
        return say("used, provided by nobody")
    return say("used, provided by {plugin}", plugin=wire.provider)


def _all(names: Iterable[str]) -> str:
    return ", ".join(names)


def _weight(timing: CallTiming) -> float:
    return timing.percentile / timing.budget if timing.budget else timing.percentile / 1000


def _matches(pattern: str, name: str) -> bool:
    parts, given = pattern.split("."), name.split(".")
    return len(parts) == len(given) and all(
        part == found or part.startswith("<") for part, found in zip(parts, given, strict=True)
    )
