"""The table of `./loom bench` judges by the goal, and its JSON has the fields that its page names."""

import json
from pathlib import Path

import pytest

from tests.bench.figures import Goal, compared, percentile, row, table, write


@pytest.mark.parametrize(
    ("goal", "figure", "ratio", "met"),
    [
        (Goal("≤", 5), 900.0, 5.0, True),
        (Goal("≤", 5), 1.0, 5.01, False),
        (Goal("≥", 0.5), 1.0, 0.5, True),
        (Goal("≥", 0.5), 9000.0, 0.49, False),
        (Goal("≤", 50, "ms"), 50.0, 99.0, True),
        (Goal("≤", 50, "ms"), 50.1, 1.0, False),
    ],
)
def test_a_goal_is_about_the_ratio_or_about_the_figure_in_its_own_unit(
    goal: Goal, figure: float, ratio: float, met: bool
) -> None:
    assert goal.met(figure, ratio) is met


def test_pairs_are_compared_one_by_one_so_that_a_busy_moment_counts_for_both() -> None:
    figure = compared("start", [200, 2000, 220], [100, 1000, 100], unit="ms", goal=Goal("≤", 2))
    assert (figure.figure, figure.reference, figure.ratio, figure.met) == (220, 100, 2.0, True)


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile(range(1, 301), 0.99) == 297
    assert percentile([7.0], 0.99) == 7.0


def test_a_missed_goal_is_said_in_the_table_and_the_json_has_the_fields_of_its_page(tmp_path: Path) -> None:
    figure = row("claimed", 400, 1000, unit="items/s", goal=Goal("≥", 0.5))
    assert table([figure]).splitlines()[1].endswith("≥ 0.5 ×   NO")
    write([figure], tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text("utf-8")) == [
        {
            "name": "claimed",
            "figure": 400.0,
            "unit": "items/s",
            "reference": 1000.0,
            "ratio": 0.4,
            "goal": "≥ 0.5 ×",
            "met": False,
        }
    ]
