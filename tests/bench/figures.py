"""A measured figure beside its reference, and the table of them."""

import json
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct, to_builtins


class Figure(Struct, frozen=True, kw_only=True):
    """One line of the table. `ratio` = figure / reference; `at_least` tells which way the goal points.

    `reference` 0 = the goal is an absolute bound on the figure itself, in its own unit.
    """

    name: str
    figure: float
    unit: str
    reference: float
    ratio: float
    goal: float
    at_least: bool
    met: bool
    note: str = ""


def against(
    name: str,
    ours: Sequence[float],
    reference: Sequence[float],
    *,
    unit: str,
    goal: float,
    at_least: bool = False,
    note: str = "",
) -> Figure:
    """Compare pairs that were measured in turn: the median of the ratios pair by pair."""
    ratio = statistics.median(mine / other for mine, other in zip(ours, reference, strict=True))
    return Figure(
        name=name,
        figure=statistics.median(ours),
        unit=unit,
        reference=statistics.median(reference),
        ratio=ratio,
        goal=goal,
        at_least=at_least,
        met=ratio >= goal if at_least else ratio <= goal,
        note=note,
    )


def bound(name: str, value: float, *, unit: str, goal: float, note: str = "") -> Figure:
    """A figure that must not exceed a bound."""
    return Figure(
        name=name,
        figure=value,
        unit=unit,
        reference=0.0,
        ratio=value / goal,
        goal=goal,
        at_least=False,
        met=value <= goal,
        note=note,
    )


def interleaved(
    runs: int, ours: Callable[[], float], reference: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Measure the two in turn, `runs` times after one warm-up of each, so that both see the same machine."""
    ours()
    reference()
    pairs = [(ours(), reference()) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(figures: Sequence[Figure]) -> str:
    """The figures as text, one line each."""
    lines = [f"{'what':<58} {'ours':>10} {'reference':>10} {'unit':<6} {'ratio':>7}  goal      met"]
    for figure in figures:
        reference = f"{figure.reference:,.1f}" if figure.reference else "–"
        if figure.reference:
            goal, ratio = f"{'≥' if figure.at_least else '≤'} {figure.goal:g} ×", f"{figure.ratio:.2f} ×"
        else:
            goal, ratio = f"≤ {figure.goal:g} {figure.unit}", "–"
        line = f"{figure.name:<58} {figure.figure:>10,.1f} {reference:>10} {figure.unit:<6} {ratio:>7}  {goal:<9} "
        lines.append(line + ("yes" if figure.met else "NO"))
        if figure.note:
            lines.append(f"    {figure.note}")
    return "\n".join(lines)


def write(figures: Sequence[Figure], path: Path) -> None:
    """The figures as JSON: a list of objects."""
    path.write_text(json.dumps(to_builtins(list(figures)), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
