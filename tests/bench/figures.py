"""A measured figure beside its reference, and the table of them."""

import json
import math
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, to_builtins


class Goal(Struct, frozen=True):
    """What a figure should be: at most or at least so many times the reference, or at most so much in its own unit."""

    side: Literal["≤", "≥"]
    bound: float
    unit: str = "×"

    def __str__(self) -> str:
        return f"{self.side} {self.bound:g} {self.unit}".rstrip()

    def met(self, figure: float, ratio: float) -> bool:
        """Whether a figure meets it."""
        value = ratio if self.unit == "×" else figure
        return value >= self.bound if self.side == "≥" else value <= self.bound


class Figure(Struct, frozen=True, kw_only=True):
    """One row of the table. `ratio` = figure / reference, both measured in turn in the same run."""

    name: str
    figure: float
    unit: str
    reference: float
    ratio: float
    goal: str
    met: bool


def compared(name: str, ours: Sequence[float], reference: Sequence[float], *, unit: str, goal: Goal) -> Figure:
    """Compare what was measured in turn: medians, and the median of the ratios pair by pair."""
    ratio = statistics.median(mine / other for mine, other in zip(ours, reference, strict=True))
    return row(name, statistics.median(ours), statistics.median(reference), unit=unit, goal=goal, ratio=ratio)


def row(name: str, figure: float, reference: float, *, unit: str, goal: Goal, ratio: float | None = None) -> Figure:
    """One row; without a `ratio` it is that of the two values."""
    if ratio is None:
        ratio = figure / reference if reference else 0.0
    met = goal.met(figure, ratio)
    return Figure(name=name, figure=figure, unit=unit, reference=reference, ratio=ratio, goal=str(goal), met=met)


def in_turn(
    runs: int, ours: Callable[[], float], reference: Callable[[], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Measure the two in turn, `runs` times after one of each to warm up, so that both see the same machine."""
    ours(), reference()
    pairs = [(ours(), reference()) for _ in range(runs)]
    return tuple(mine for mine, _ in pairs), tuple(other for _, other in pairs)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]


def table(figures: Sequence[Figure]) -> str:
    """The figures as text, one line each."""
    width = max(len(figure.name) for figure in figures)
    lines = [f"{'what':<{width}}  {'ours':>9}  {'reference':>9}  {'unit':<7}  {'ratio':>7}  {'goal':<8}  met"]
    for each in figures:
        ratio = f"{each.ratio:.2f} ×" if each.reference else "–"
        lines.append(
            f"{each.name:<{width}}  {each.figure:>9,.1f}  {each.reference:>9,.1f}  {each.unit:<7}  {ratio:>7}"
            f"  {each.goal:<8}  {'yes' if each.met else 'NO'}"
        )
    return "\n".join(lines)


def write(figures: Sequence[Figure], path: Path) -> None:
    """The figures as JSON: a list of objects."""
    path.write_text(json.dumps(to_builtins(list(figures)), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
