"""The last calls into plugins as a list, the newest first. No Qt."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from workloom.api import CallTiming, Cell, PluginInfo, Row, Say, TracedCall, as_it_is
from workloom_inspector.overview import milliseconds

SHOWN: Final = 200
"""Calls that the list has at most; the file of `workloom desktop --trace` has all."""


def shown_calls(calls: Sequence[TracedCall], plugins: Collection[str]) -> tuple[TracedCall, ...]:
    """The last calls of these plugins, the newest first."""
    return tuple(call for call in reversed(calls) if call.plugin in plugins)[:SHOWN]


def call_row(
    call: TracedCall, infos: Mapping[str, PluginInfo], budgets: Mapping[str, float], say: Say = as_it_is
) -> Row:
    """A call as a row of the list; one that failed or took longer than its place may stands out."""
    budget = budgets.get(call.where, 0.0)
    over = bool(budget) and call.took > budget
    info, where = infos.get(call.plugin), say("{call} · failed", call=call.where) if call.failed else call.where
    cells = {
        "at": Cell(text=f"{call.at.astimezone():%H:%M:%S.%f}"[:-3], tone="muted"),
        "plugin": Cell(text=info.name if info else call.plugin),
        "where": Cell(text=where, tooltip=where, tone="danger" if call.failed else ""),
        "took": Cell(
            text=milliseconds(call.took),
            tone="danger" if over else "",
            tooltip=say("It may take {budget:g} ms", budget=budget) if over else "",
        ),
    }
    return Row(id=str(call.number), cells=cells)


def budgets_of(timings: Sequence[CallTiming]) -> dict[str, float]:
    """What each place may take, in milliseconds."""
    return {timing.where: timing.budget for timing in timings}
